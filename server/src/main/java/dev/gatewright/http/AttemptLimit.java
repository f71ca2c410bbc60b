package dev.gatewright.http;

/**
 * How often something may be tried: so many times in a row, and then one more after each period.
 */
public interface AttemptLimit {

  /**
   * Takes one attempt.
   *
   * @param key whose attempt it is
   * @return seconds to wait before the next, when there is none left; else 0
   */
  int take(String key);

  /** Gives an attempt back that turned out not to count. */
  void giveBack(String key);
}
