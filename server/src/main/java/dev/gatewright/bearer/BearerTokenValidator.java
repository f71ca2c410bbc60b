package dev.gatewright.bearer;

import dev.gatewright.oauth.ErrorCode;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.security.token.validator.TokenValidator;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Micronaut Security's way to our access tokens: read from the header by it, from a form by {@link
 * FormTokenReader}, verified here, off the event loop.
 */
@Singleton
final class BearerTokenValidator implements TokenValidator<HttpRequest<?>> {
  private static final String BEARER = "Bearer ";

  private final AccessTokens tokens;
  private final Scheduler blocking;

  BearerTokenValidator(
      AccessTokens tokens, @Named(TaskExecutors.BLOCKING) ExecutorService blocking) {
    this.tokens = tokens;
    this.blocking = Schedulers.fromExecutorService(blocking);
  }

  @Override
  public Publisher<Authentication> validateToken(String token, @Nullable HttpRequest<?> request) {
    if (request != null) {
      Optional<InvalidTokenException> several = severalTokens(request);
      if (several.isPresent()) {
        return refused(request, several.get());
      }
    }
    return Mono.<Authentication>fromCallable(() -> verify(token, request))
        .onErrorResume(
            InvalidTokenException.class,
            refusal -> request == null ? Mono.empty() : refused(request, refusal))
        .subscribeOn(blocking);
  }

  private static Mono<Authentication> refused(
      HttpRequest<?> request, InvalidTokenException refusal) {
    request.setAttribute(BearerChallenge.REFUSAL, refusal);
    return Mono.empty();
  }

  private Authentication verify(String token, @Nullable HttpRequest<?> request)
      throws InvalidTokenException {
    AccessToken verified = tokens.verifyForThisServer(token);
    if (request != null) {
      verified.actor().actsIn(request);
    }
    return verified;
  }

  /**
   * Which of several tokens a proxy has looked at is not to be guessed. Asked before any of them is
   * verified: two threads at once would write into the attributes of one request, which are not
   * made for it.
   */
  private static Optional<InvalidTokenException> severalTokens(HttpRequest<?> request) {
    List<String> headers = request.getHeaders().getAll(HttpHeaders.AUTHORIZATION);
    if (headers.size() > 1) { // RFC 9110 §11.6.2: there is one
      return Optional.of(
          new InvalidTokenException("The request has more than one Authorization header"));
    }
    boolean inHeader = headers.stream().anyMatch(BearerTokenValidator::isBearer);
    return inHeader && FormTokenReader.of(request).isPresent()
        ? Optional.of(
            new InvalidTokenException(
                ErrorCode.INVALID_REQUEST,
                "The access token is both in the Authorization header and in the form"))
        : Optional.empty();
  }

  private static boolean isBearer(String authorization) {
    return authorization.regionMatches(true, 0, BEARER, 0, BEARER.length());
  }
}
