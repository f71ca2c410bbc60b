package dev.gatewright.persistence.ledger;

/** What is asked of the server and written down. */
enum Act {
  SIGN_UP("signed up"),
  LOGIN("logged in"),
  CONSENT("consented"),
  REDEEM("code redeemed"),
  REFRESH("refreshed"),
  REVOKE_TOKEN("access token revoked"),
  REVOKE_GRANT("grant revoked"),
  CHANGE_PASSWORD("password changed"),
  ROTATE_KEY("key rotated"),
  /** With {@code compromised}: every older key of the algorithm is withdrawn. */
  REPLACE_KEY("key replaced");

  private final String title;

  Act(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }
}
