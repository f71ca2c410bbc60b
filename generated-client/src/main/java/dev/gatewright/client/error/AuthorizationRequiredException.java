package dev.gatewright.client.error;

import org.jspecify.annotations.Nullable;

/**
 * There is no usable token and no way to get one without the user: send them through a login again.
 */
public final class AuthorizationRequiredException extends GatewrightException {

  private static final long serialVersionUID = 1L;

  /** With what ended the authorization, if the server said so. */
  public AuthorizationRequiredException(String message, @Nullable GatewrightException cause) {
    super(message, cause, Refusal.NONE);
  }

  /** Without a cause. */
  public AuthorizationRequiredException(String message) {
    this(message, null);
  }
}
