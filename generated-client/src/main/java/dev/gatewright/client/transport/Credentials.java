package dev.gatewright.client.transport;

import dev.gatewright.client.error.AuthorizationRequiredException;
import java.net.http.HttpRequest;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * In whose name calls are made; what is not overridden is what nobody has. A session has an access
 * token and a client, a client has itself, a token is only that.
 */
public interface Credentials {

  /** Nobody's. */
  Credentials NONE = new Credentials() {};

  /**
   * An access token that can be used now.
   *
   * @return fails with {@link AuthorizationRequiredException} when there is none
   */
  default CompletableFuture<String> accessToken() {
    return CompletableFuture.failedFuture(
        new AuthorizationRequiredException(
            "This call needs an access token: make it with a session"));
  }

  /**
   * Another access token in place of one that the server called invalid (RFC 6750 §3.1); empty when
   * it cannot be replaced.
   */
  default CompletableFuture<Optional<String>> insteadOf(String refused) {
    return CompletableFuture.completedFuture(Optional.empty());
  }

  /** An initial or a registration access token (RFC 7591 §3, RFC 7592 §3). */
  default Optional<String> registrationToken() {
    return Optional.empty();
  }

  /** Adds what authenticates the client, if there is one, to a request that will carry the form. */
  default void authenticateClient(HttpRequest.Builder request, Form form) {}

  /** A token that somebody else looks after. */
  static Credentials ofToken(String token) {
    return new Credentials() {
      @Override
      public CompletableFuture<String> accessToken() {
        return CompletableFuture.completedFuture(token);
      }

      @Override
      public Optional<String> registrationToken() {
        return Optional.of(token);
      }

      @Override
      public String toString() {
        return "Credentials[token]";
      }
    };
  }
}
