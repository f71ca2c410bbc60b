package dev.gatewright.client.auth;

/** How a client proves to the token endpoint who it is (OpenID Connect Core §9). */
public enum ClientAuthentication {
  /** The client secret in the {@code Authorization} header (RFC 6749 §2.3.1). */
  CLIENT_SECRET_BASIC,
  /** The client secret in the body (RFC 6749 §2.3.1). */
  CLIENT_SECRET_POST,
  /** A JWT that the client signs with its private key (RFC 7523 §2.2). */
  PRIVATE_KEY_JWT,
  /** A public client, which has no secret and relies on PKCE. */
  NONE
}
