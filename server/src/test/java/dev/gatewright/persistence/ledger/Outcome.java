package dev.gatewright.persistence.ledger;

/** What became of a request, as far as its sender knows. */
enum Outcome {
  /** Answered in full, with success: it has happened. */
  ACKNOWLEDGED,
  /** Sent, and not answered, or with a 5xx: it may have happened, or may still. */
  IN_DOUBT,
  /** Answered with a 4xx: it has not happened. */
  REFUSED,
  /** Nothing listened. Not written down. */
  UNSENT
}
