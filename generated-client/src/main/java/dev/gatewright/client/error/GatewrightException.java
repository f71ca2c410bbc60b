package dev.gatewright.client.error;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What can go wrong between a caller and the authorization server, by kind. No message holds a
 * secret, and none quotes what came from elsewhere than the server's own error fields.
 *
 * <p>{@link OAuthErrorException} and {@link ProblemException} are the server's refusals, {@link
 * AuthorizationRequiredException} asks for the user, {@link TransportException} may pass by itself,
 * {@link InvalidTokenException} and {@link RefusedResponseException} are our own refusals of what
 * we were given. Constructors are public so that a caller can test what it does about each.
 */
public abstract sealed class GatewrightException extends RuntimeException
    permits AuthorizationRequiredException,
        InsufficientScopeException,
        InvalidTokenException,
        OAuthErrorException,
        ProblemException,
        RefusedResponseException,
        TokenStoreException,
        TransportException {

  private static final long serialVersionUID = 1L;

  private final Refusal refusal;

  GatewrightException(String message, @Nullable Throwable cause, Refusal refusal) {
    super(message, cause);
    this.refusal = refusal;
  }

  /** The HTTP status of the answer; empty when there was none. */
  public final OptionalInt status() {
    return refusal.status() == 0 ? OptionalInt.empty() : OptionalInt.of(refusal.status());
  }

  /** The server's id of the request, for whoever reads its log; problems carry one. */
  public final Optional<String> requestId() {
    return Optional.ofNullable(refusal.requestId());
  }

  /** How long the server asks to wait before the next attempt. */
  public final Optional<Duration> retryAfter() {
    return Optional.ofNullable(refusal.retryAfter());
  }

  /** The {@code WWW-Authenticate} header of the answer, which says what the token lacks. */
  public final Optional<String> challenge() {
    return Optional.ofNullable(refusal.challenge());
  }

  /** Whether the server is away or busy, so that the same call may succeed later. */
  public boolean isTemporary() {
    return refusal.status() == 429 || refusal.status() == 503;
  }
}
