package dev.gatewright.client.auth;

/**
 * There is no token and no way to get one without the user: send them through the authorization
 * request again.
 */
public final class AuthorizationRequiredException extends GatewrightException {

  private static final long serialVersionUID = 1L;

  AuthorizationRequiredException(String message) {
    super(message, null);
  }
}
