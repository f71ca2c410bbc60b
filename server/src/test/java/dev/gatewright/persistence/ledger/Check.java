package dev.gatewright.persistence.ledger;

/** What must be so after whatever happened. */
enum Check {
  ACCOUNTS("accounts log in with the password last acknowledged"),
  CONSENTS("consents that were acknowledged are asked for no more"),
  REVOKED("what was revoked, or used twice, stays revoked at every node"),
  SINGLE_USE("no code and no refresh token was good twice"),
  ALIVE("tokens that nothing ended are good"),
  KEYS("tokens that verify name a key in the JWK set of every node"),
  ROTATIONS("keys that were acknowledged are in the JWK set of every node"),
  AUDIT("acts have one audit row; doubtful ones at most one"),
  ROWS("no half-written rows, and each family has one head"),
  ANSWERS("no answer is a 5xx, but 503 with Retry-After"),
  RECOVERY("nodes serve again when all is mended");

  private final String title;

  Check(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }
}
