package dev.gatewright.oauth;

/**
 * The error codes of OAuth and OpenID Connect that this server answers, each with its HTTP status.
 */
public enum ErrorCode {
  /** RFC 6749 §5.2: malformed, or a parameter is missing, repeated or wrong. */
  INVALID_REQUEST("invalid_request", 400),
  /** RFC 6749 §5.2: client authentication failed. */
  INVALID_CLIENT("invalid_client", 401),
  /** RFC 6749 §5.2: the code or refresh token is unknown, expired, revoked, or another client's. */
  INVALID_GRANT("invalid_grant", 400),
  /** RFC 6749 §5.2: this client may not do this. */
  UNAUTHORIZED_CLIENT("unauthorized_client", 400),
  /** RFC 6749 §5.2. */
  UNSUPPORTED_GRANT_TYPE("unsupported_grant_type", 400),
  /** RFC 6749 §5.2. */
  INVALID_SCOPE("invalid_scope", 400),
  /** RFC 8707 §2: the protected resource is unknown or not for this client. */
  INVALID_TARGET("invalid_target", 400),
  /** RFC 6749 §4.1.2.1: the user or the server said no. */
  ACCESS_DENIED("access_denied", 403),
  /** RFC 8628 §3.5: the user has not decided yet; the device goes on asking. */
  AUTHORIZATION_PENDING("authorization_pending", 400),
  /** RFC 8628 §3.5: as before, and the device waits 5 seconds longer from now on. */
  SLOW_DOWN("slow_down", 400),
  /** RFC 8628 §3.5: the user took too long; the device may begin anew. */
  EXPIRED_TOKEN("expired_token", 400),
  /** RFC 6749 §4.1.2.1. */
  UNSUPPORTED_RESPONSE_TYPE("unsupported_response_type", 400),
  /** RFC 6749 §4.1.2.1. */
  TEMPORARILY_UNAVAILABLE("temporarily_unavailable", 503),
  /** RFC 6749 §4.1.2.1. */
  SERVER_ERROR("server_error", 500),
  /**
   * OpenID Connect Core §3.1.2.6: a login would need a page, and {@code prompt=none} forbids it.
   */
  LOGIN_REQUIRED("login_required", 400),
  /**
   * OpenID Connect Core §3.1.2.6: a consent would need a page, and {@code prompt=none} forbids it.
   */
  CONSENT_REQUIRED("consent_required", 400),
  /**
   * OpenID Connect Core §3.1.2.6: choosing an account would need a page, and {@code prompt=none}
   * forbids it.
   */
  ACCOUNT_SELECTION_REQUIRED("account_selection_required", 400),
  /**
   * OpenID Connect Core Error Code unmet_authentication_requirements 1.0: this server cannot
   * authenticate the user as the request demands.
   */
  UNMET_AUTHENTICATION_REQUIREMENTS("unmet_authentication_requirements", 400),
  /** OpenID Connect Core §3.1.2.6: the request object is not valid, or not the client's. */
  INVALID_REQUEST_OBJECT("invalid_request_object", 400),
  /** OpenID Connect Core §3.1.2.6: the request object cannot be had from there. */
  INVALID_REQUEST_URI("invalid_request_uri", 400),
  /** OpenID Connect Core §3.1.2.6. */
  REQUEST_NOT_SUPPORTED("request_not_supported", 400),
  /** OpenID Connect Core §3.1.2.6. */
  REQUEST_URI_NOT_SUPPORTED("request_uri_not_supported", 400),
  /** OpenID Connect Core §3.1.2.6. */
  REGISTRATION_NOT_SUPPORTED("registration_not_supported", 400),
  /** RFC 7591 §3.2.2: a redirect URI cannot be registered. */
  INVALID_REDIRECT_URI("invalid_redirect_uri", 400),
  /** RFC 7591 §3.2.2: what a client says of itself cannot be registered. */
  INVALID_CLIENT_METADATA("invalid_client_metadata", 400),
  /** RFC 7591 §3.2.2: nobody is trusted to vouch for clients. */
  UNAPPROVED_SOFTWARE_STATEMENT("unapproved_software_statement", 400),
  /** RFC 6750 §3.1: the access token is malformed, expired, revoked or not ours. */
  INVALID_TOKEN("invalid_token", 401),
  /** RFC 6750 §3.1: the access token lacks a scope. */
  INSUFFICIENT_SCOPE("insufficient_scope", 403);

  private final String code;
  private final int status;

  ErrorCode(String code, int status) {
    this.code = code;
    this.status = status;
  }

  /** The value of {@code error}. */
  public String code() {
    return code;
  }

  /** The HTTP status of an answer with this error that is not a redirect. */
  public int status() {
    return status;
  }
}
