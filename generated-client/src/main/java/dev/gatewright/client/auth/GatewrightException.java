package dev.gatewright.client.auth;

import dev.gatewright.client.ApiException;
import org.jspecify.annotations.Nullable;

/**
 * What can go wrong between a caller and the authorization server, by kind. No message holds a
 * secret.
 */
public abstract sealed class GatewrightException extends RuntimeException
    permits AuthorizationRequiredException,
        InvalidTokenException,
        OAuthErrorException,
        ProblemException,
        RefusedResponseException,
        TokenStoreException,
        TransportException {

  private static final long serialVersionUID = 1L;

  GatewrightException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /**
   * Reads what a failed call of the generated client was about: an {@link OAuthErrorException} or a
   * {@link ProblemException} when the answer's body says so, else a {@link TransportException}.
   */
  public static GatewrightException from(ApiException failure) {
    if (failure.getCode() == 0) {
      return new TransportException("The call failed before it was answered", failure);
    }
    return ErrorBody.read(failure.getCode(), failure.getResponseBody())
        .orElseGet(() -> TransportException.unexpectedAnswer("The call", failure.getCode()));
  }
}
