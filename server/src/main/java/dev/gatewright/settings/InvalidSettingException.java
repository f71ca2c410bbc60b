package dev.gatewright.settings;

/**
 * A configuration value that the server will not start with; the message is one sentence for the
 * operator.
 */
public final class InvalidSettingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A sentence of its own, for mistakes that are not one key's. */
  public InvalidSettingException(String sentence) {
    super(sentence);
  }

  /**
   * @param key the whole configuration key
   * @param value the value as given; never a secret
   * @param allowed what is allowed, to follow the word "be"
   */
  public InvalidSettingException(String key, Object value, String allowed) {
    super("%s is '%s', but it must be %s.".formatted(key, value, allowed));
  }
}
