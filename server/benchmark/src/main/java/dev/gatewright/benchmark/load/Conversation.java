package dev.gatewright.benchmark.load;

/**
 * What one connection does, over and over: an act of one or more requests, each made of what was
 * answered before. It belongs to one connection, and so to one thread.
 */
public interface Conversation {
  /** The next request: of the act at hand, or the first of another. */
  Request next();

  /** Whether another act can begin; a connection without one ends. */
  default boolean hasNext() {
    return true;
  }

  /** Takes the answer to the last request. */
  Verdict answered(Answer answer);

  /** The act at hand cannot go on, for the connection was lost. The next request begins another. */
  default void abandoned() {}
}
