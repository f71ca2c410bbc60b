package dev.gatewright.client.auth;

import dev.gatewright.client.transport.Credentials;
import dev.gatewright.client.transport.Form;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Calls in the name of a session: its user's tokens, or its client. */
record SessionCredentials(FreshTokens tokens, SessionSettings settings, URI issuer)
    implements Credentials {

  @Override
  public CompletableFuture<String> accessToken() {
    return begun(tokens::get).thenApply(Tokens::accessToken);
  }

  @Override
  public CompletableFuture<Optional<String>> insteadOf(String refused) {
    return begun(() -> tokens.insteadOf(refused))
        .thenApply(renewed -> Optional.of(renewed.accessToken()));
  }

  @Override
  public void authenticateClient(HttpRequest.Builder request, Form form) {
    settings.client().authenticate(request, form, issuer, settings.clock());
  }

  /** What a store throws is a failure like any other. */
  private static <T> CompletableFuture<T> begun(Supplier<CompletableFuture<T>> work) {
    try {
      return work.get();
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  @Override
  public String toString() {
    return "Credentials[" + settings.client().clientId() + "]";
  }
}
