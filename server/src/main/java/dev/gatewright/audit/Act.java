package dev.gatewright.audit;

/**
 * What is recorded. The values are in the database, where operators search for them: none ever
 * changes.
 */
public enum Act {
  LOGIN("login"),
  LOGOUT("logout"),
  SESSION_REVOKED("session.revoked"),
  USER_CREATED("user.created"),
  USER_CHANGED("user.changed"),
  USER_DELETED("user.deleted"),
  PASSWORD_CHANGED("password.changed"),
  /** A user allows a client what it asks for, or refuses. */
  CONSENT("consent"),
  /** A client receives the tokens of a user's grant. */
  GRANT_ISSUED("grant.issued"),
  GRANT_REVOKED("grant.revoked"),
  /** An access token is revoked by itself. */
  TOKEN_REVOKED("token.revoked"),
  /** RFC 6749 §4.1.2: what an authorization code has issued is revoked at its second use. */
  CODE_REUSED("code.reused"),
  /** As of an authorization code, what a device code (RFC 8628) has issued. */
  DEVICE_CODE_REUSED("device_code.reused"),
  /** RFC 9700 §4.14.2: a token family is revoked at the second use of a refresh token. */
  REFRESH_TOKEN_REUSED("refresh_token.reused"),
  /** Only refusals are recorded: every request of a client would be one otherwise. */
  CLIENT_AUTHENTICATED("client.authenticated"),
  CLIENT_CREATED("client.created"),
  CLIENT_CHANGED("client.changed"),
  CLIENT_SECRET_ROTATED("client.secret_rotated"),
  CLIENT_DELETED("client.deleted"),
  /** RFC 7591 §1.2: what lets clients register themselves. */
  INITIAL_ACCESS_TOKEN_CREATED("initial_access_token.created"),
  INITIAL_ACCESS_TOKEN_DELETED("initial_access_token.deleted"),
  RESOURCE_CREATED("resource.created"),
  RESOURCE_CHANGED("resource.changed"),
  RESOURCE_DELETED("resource.deleted"),
  KEY_CREATED("key.created"),
  KEY_ROTATED("key.rotated"),
  KEY_DELETED("key.deleted");

  private final String value;

  Act(String value) {
    this.value = value;
  }

  /** The value in the database. */
  public String value() {
    return value;
  }
}
