package example;

import dev.gatewright.client.Gatewright;
import dev.gatewright.client.auth.AuthorizationRequest;
import dev.gatewright.client.auth.OAuth2Session;
import io.micronaut.context.annotation.Property;
import jakarta.inject.Singleton;
import java.net.URI;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who is logged in, by the value of a cookie. Tokens stay here: the browser never sees one. With
 * several nodes, or to survive a restart, keep them where your sessions are, encrypted.
 */
@Singleton
class Logins {

  /** A login under way: what was asked, and the session that the answer is for. */
  record Pending(OAuth2Session session, AuthorizationRequest request) {}

  private static final SecureRandom RANDOM = new SecureRandom();

  private final Map<String, Pending> pending = new ConcurrentHashMap<>();
  private final Map<String, OAuth2Session> sessions = new ConcurrentHashMap<>();
  private final Gatewright gatewright;
  private final String clientId;
  private final String clientSecret;
  private final URI callback;

  Logins(
      @Property(name = "gatewright.issuer") URI issuer,
      @Property(name = "gatewright.client-id") String clientId,
      @Property(name = "gatewright.client-secret") String clientSecret,
      @Property(name = "web-app.address") URI address) {
    this.gatewright = Gatewright.builder(issuer).build();
    this.clientId = clientId;
    this.clientSecret = clientSecret;
    this.callback = address.resolve("/callback");
  }

  /** Begins a login; the browser keeps the id, and goes to the request's address. */
  Map.Entry<String, AuthorizationRequest> begin() {
    OAuth2Session session =
        gatewright
            .newSession()
            .clientId(clientId)
            .clientSecret(clientSecret)
            .redirectUri(callback)
            .scopes("openid", "profile", "user:read")
            .build();
    AuthorizationRequest request = session.authorizationUrl();
    String id = random();
    pending.put(id, new Pending(session, request));
    return Map.entry(id, request);
  }

  /** Ends a login with what the browser brought; the id that it gives is a new one. */
  Optional<String> complete(String pendingId, URI redirect) {
    return Optional.ofNullable(pending.remove(pendingId))
        .map(login -> {
          login.session().fetchToken(redirect, login.request());
          String id = random();
          sessions.put(id, login.session());
          return id;
        });
  }

  Optional<OAuth2Session> session(String id) {
    return Optional.ofNullable(sessions.get(id));
  }

  Optional<OAuth2Session> end(String id) {
    return Optional.ofNullable(sessions.remove(id));
  }

  private static String random() {
    byte[] bytes = new byte[32];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
