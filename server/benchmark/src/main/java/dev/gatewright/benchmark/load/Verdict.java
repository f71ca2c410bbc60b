package dev.gatewright.benchmark.load;

/** What an answer means for the act that it is part of. */
public enum Verdict {
  /** The act goes on with another request. */
  GO_ON,
  /** The act is complete, and what it should be. */
  DONE,
  /** The answer was not the expected one, and the act is over. */
  FAILED
}
