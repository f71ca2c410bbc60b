package dev.gatewright.logout;

import dev.gatewright.client.Client;
import dev.gatewright.client.Clients;
import dev.gatewright.grant.IdTokenHint;
import dev.gatewright.grant.IdTokenHints;
import dev.gatewright.oauth.ErrorCode;
import dev.gatewright.oauth.OAuthException;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The checks of a logout request, in order (OpenID Connect RP-Initiated Logout §2 to §4). A wrong
 * one is answered by a page and changes nothing: what cannot be proven is not made use of (§4).
 */
@Singleton
class LogoutChecks {
  /** What a GET can carry, a POST may: {@code micronaut.server.netty.max-initial-line-length}. */
  private static final int LONGEST = 16_384;

  private final IdTokenHints hints;
  private final Clients clients;

  LogoutChecks(IdTokenHints hints, Clients clients) {
    this.hints = hints;
    this.clients = clients;
  }

  /**
   * What the parameters ask for; none is repeated.
   *
   * @throws OAuthException 400 {@code invalid_request}
   */
  LogoutRequest check(Map<String, List<String>> parameters) {
    requireLength(parameters);
    Optional<IdTokenHint> hint = value(parameters, "id_token_hint").map(this::hint);
    Optional<String> clientId = value(parameters, "client_id");
    if (hint.isPresent() && clientId.isPresent()) {
      requireSame(hint.get(), clientId.get());
    }
    Optional<Client> client = hint.map(IdTokenHint::clientId).or(() -> clientId).map(this::client);
    Optional<String> uri = value(parameters, "post_logout_redirect_uri");
    uri.ifPresent(asked -> requireRegistered(client, asked));
    return new LogoutRequest(
        client.orElse(null),
        hint.isPresent(),
        hint.map(IdTokenHint::sid).orElse(null),
        uri.orElse(null),
        value(parameters, "state").orElse(null));
  }

  /** §2: the issuer must be this server; an expired ID token is as good as another. */
  private IdTokenHint hint(String idToken) {
    return hints
        .read(idToken)
        .orElseThrow(() -> refused("The id_token_hint is no ID token of this server.", null));
  }

  /** §2: the client must be the one that the ID token was issued to. */
  private static void requireSame(IdTokenHint hint, String clientId) {
    if (!hint.audience().equals(List.of(clientId))) {
      throw refused(
          "The id_token_hint was issued to another client than client_id names.",
          "issued to " + hint.audience());
    }
  }

  private Client client(String clientId) {
    return clients
        .find(clientId)
        .orElseThrow(() -> refused("The application that asks is not registered here.", null));
  }

  /** §2, §3: exactly one of those registered, of a client that is named at least. */
  private static void requireRegistered(Optional<Client> client, String uri) {
    if (client.isEmpty()) {
      throw refused("A post_logout_redirect_uri needs an id_token_hint or a client_id.", null);
    }
    if (!client.get().options().postLogoutRedirectUris().contains(uri)) {
      throw refused(
          "The post_logout_redirect_uri is not registered for this application.",
          "client " + client.get().clientId());
    }
  }

  private static void requireLength(Map<String, List<String>> parameters) {
    int length =
        parameters.entrySet().stream()
            .flatMap(parameter -> parameter.getValue().stream().map(parameter.getKey()::concat))
            .mapToInt(String::length)
            .sum();
    if (length > LONGEST) {
      throw refused("The logout request is too long.", null);
    }
  }

  /** A parameter without a value counts as absent (RFC 6749 §3.1). */
  private static Optional<String> value(Map<String, List<String>> parameters, String name) {
    return parameters.getOrDefault(name, List.of()).stream()
        .filter(value -> !value.isEmpty())
        .findFirst();
  }

  private static OAuthException refused(String description, @Nullable String logged) {
    return new OAuthException(
        ErrorCode.INVALID_REQUEST,
        description + " You have not been logged out.",
        logged == null ? null : description + " " + logged);
  }
}
