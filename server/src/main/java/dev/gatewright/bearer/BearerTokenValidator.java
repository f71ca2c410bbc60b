package dev.gatewright.bearer;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.security.token.validator.TokenValidator;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Micronaut Security's way to our access tokens: read from the header by it, verified here, off the
 * event loop.
 */
@Singleton
final class BearerTokenValidator implements TokenValidator<HttpRequest<?>> {
  private final AccessTokens tokens;
  private final Scheduler blocking;

  BearerTokenValidator(
      AccessTokens tokens, @Named(TaskExecutors.BLOCKING) ExecutorService blocking) {
    this.tokens = tokens;
    this.blocking = Schedulers.fromExecutorService(blocking);
  }

  @Override
  public Publisher<Authentication> validateToken(String token, @Nullable HttpRequest<?> request) {
    return Mono.<Authentication>fromCallable(() -> verify(token, request))
        .onErrorResume(
            InvalidTokenException.class,
            refusal -> {
              if (request != null) {
                request.setAttribute(BearerChallenge.REFUSAL, refusal.reason());
              }
              return Mono.empty();
            })
        .subscribeOn(blocking);
  }

  private Authentication verify(String token, @Nullable HttpRequest<?> request)
      throws InvalidTokenException {
    if (request != null && request.getHeaders().getAll(HttpHeaders.AUTHORIZATION).size() > 1) {
      // which of them a proxy has looked at is not to be guessed (RFC 9110 §11.6.2: there is one)
      throw new InvalidTokenException("The request has more than one Authorization header");
    }
    AccessToken verified = tokens.verifyForThisServer(token);
    if (request != null) {
      verified.actor().actsIn(request);
    }
    return verified;
  }
}
