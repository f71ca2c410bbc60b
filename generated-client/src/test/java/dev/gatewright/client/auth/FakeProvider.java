package dev.gatewright.client.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.JWTClaimsSet;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.gatewright.client.Gatewright;
import dev.gatewright.client.http.Retries;
import dev.gatewright.client.transport.Form;
import dev.gatewright.client.transport.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * An authorization server of a hundred lines: it signs real tokens, keeps what it was asked, and
 * can misbehave.
 */
final class FakeProvider implements AutoCloseable {

  static final String CLIENT_ID = "a client";
  static final String CLIENT_SECRET = "s3cret of+the/client";
  static final URI CALLBACK = URI.create("http://localhost:8765/callback");

  /** As often as usual, but without much waiting. */
  static final Retries FAST =
      new Retries(4, Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofSeconds(20));

  private static final Map<String, String> USER =
      Map.of("id", "01936b2e-7c1a-7d4f-9b1e-0a5d3c2b1f00", "username", "ada", "role", "user");

  private static final TestKeys FIRST_KEYS = new TestKeys("1");

  /** A request as it arrived. */
  record Asked(
      String method,
      String path,
      Map<String, String> query,
      Map<String, String> form,
      String authorization,
      String body) {}

  /** An answer to send. */
  record Answer(int status, String contentType, String body, Map<String, String> headers) {
    /** Nothing: the connection breaks. */
    static final Answer LOST = new Answer(0, "", "");

    Answer(int status, String contentType, String body) {
      this(status, contentType, body, Map.of());
    }

    Answer with(String header, String value) {
      return new Answer(status, contentType, body, Map.of(header, value));
    }

    static Answer json(int status, Map<String, ?> body) {
      return new Answer(status, "application/json", Json.write(body));
    }

    static Answer error(int status, String error, String description) {
      return json(status, Map.of("error", error, "error_description", description));
    }
  }

  final List<Asked> asked = new CopyOnWriteArrayList<>();
  final Map<String, Object> metadata = new LinkedHashMap<>();
  volatile TestKeys keys = FIRST_KEYS;
  volatile long lifetime = 3600;

  /** What the token endpoint does; by default it grants. */
  volatile Function<Asked, Answer> tokenEndpoint = this::grant;

  /** What the revocation endpoint does. */
  volatile Function<Asked, Answer> revocationEndpoint = asked -> new Answer(200, "text/plain", "");

  /** What the login operation does. */
  volatile Function<Asked, Answer> login = this::grant;

  /** What the keys are. */
  volatile Function<Asked, Answer> jwks = asked -> new Answer(200, "application/json", keys.jwks());

  /** What the account of the user is. */
  volatile Function<Asked, Answer> user = asked -> Answer.json(200, USER);

  /** What is known of a token. */
  volatile Function<Asked, Answer> introspection = asked -> Answer.json(200, Map.of());

  /** What a device is given. */
  volatile Map<String, ?> deviceCodes = Map.of();

  /** What the users of the API are. */
  volatile Function<Asked, Answer> users = asked -> Answer.json(201, USER);

  /** What becomes of an ID token before it is signed. */
  volatile Consumer<JWTClaimsSet.Builder> idTokenClaims = claims -> {};

  /** What becomes of an ID token after it was signed. */
  volatile UnaryOperator<String> idTokenInTransit = token -> token;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Clock clock;
  private volatile String nonce = "";

  FakeProvider(Clock clock) {
    this.clock = clock;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    serve("/.well-known/openid-configuration", asked -> Answer.json(200, metadata));
    serve("/.well-known/jwks.json", asked -> jwks.apply(asked));
    serve("/oauth2/token", asked -> tokenEndpoint.apply(asked));
    serve("/oauth2/revoke", asked -> revocationEndpoint.apply(asked));
    serve("/api/login", asked -> login.apply(asked));
    serve("/api/users", asked -> users.apply(asked));
    serve("/api/user", asked -> user.apply(asked));
    serve("/oauth2/introspect", asked -> introspection.apply(asked));
    serve("/oauth2/device_authorization", asked -> Answer.json(200, deviceCodes));
    server.start();
    metadata.put("issuer", issuer().toString());
    metadata.put("authorization_endpoint", issuer() + "/oauth2/auth");
    metadata.put("token_endpoint", issuer() + "/oauth2/token");
    metadata.put("revocation_endpoint", issuer() + "/oauth2/revoke");
    metadata.put("device_authorization_endpoint", issuer() + "/oauth2/device_authorization");
    metadata.put("end_session_endpoint", issuer() + "/oauth2/logout");
    metadata.put("jwks_uri", issuer() + "/.well-known/jwks.json");
    metadata.put("response_types_supported", List.of("code"));
    metadata.put("subject_types_supported", List.of("public"));
    metadata.put("id_token_signing_alg_values_supported", List.of("RS256", "ES256", "EdDSA"));
    metadata.put("authorization_response_iss_parameter_supported", true);
  }

  URI issuer() {
    return URI.create("http://localhost:" + server.getAddress().getPort());
  }

  /** A session of the confidential client for a user. */
  OAuth2SessionBuilder session() {
    return gatewright()
        .newSession()
        .clientId(CLIENT_ID)
        .clientSecret(CLIENT_SECRET)
        .redirectUri(CALLBACK)
        .scopes("openid", "offline_access", "user:read");
  }

  /** Not discovered yet. */
  Gatewright gatewright() {
    return Gatewright.builder(issuer()).clock(clock).retries(FAST).build();
  }

  /** A session that a user has just logged in to. */
  OAuth2Session loggedIn(OAuth2SessionBuilder builder) {
    OAuth2Session session = builder.build();
    session.fetchToken(approve(session.authorizationUrl()));
    asked.clear();
    return session;
  }

  /** What the browser is sent back with, once the user has logged in. */
  URI approve(AuthorizationRequest request) {
    return approve(request.uri());
  }

  URI approve(URI authorizationUrl) {
    Map<String, String> query = Form.parse(authorizationUrl.getRawQuery());
    nonce = query.getOrDefault("nonce", "");
    return redirect(
        Map.of("code", "the-code", "state", query.get("state"), "iss", issuer().toString()));
  }

  static URI redirect(Map<String, String> parameters) {
    Form form = new Form();
    parameters.forEach(form::add);
    return form.appendTo(CALLBACK);
  }

  List<Asked> askedAt(String path) {
    return asked.stream().filter(request -> request.path().equals(path)).toList();
  }

  Answer grant(Asked asked) {
    int count = askedAt(asked.path()).size();
    boolean forUser = !"client_credentials".equals(asked.form().get("grant_type"));
    Map<String, Object> body = new HashMap<>();
    body.put("access_token", accessToken(claims -> {}));
    body.put("token_type", "Bearer");
    body.put("expires_in", lifetime);
    if (forUser) {
      body.put("refresh_token", "refresh-" + count + "-" + UUID.randomUUID());
      body.put("scope", "openid offline_access user:read");
    }
    if ("authorization_code".equals(asked.form().get("grant_type"))) {
      body.put("id_token", idToken(JWSAlgorithm.RS256));
    }
    return Answer.json(200, body);
  }

  String idToken(JWSAlgorithm algorithm) {
    JWTClaimsSet.Builder claims =
        new JWTClaimsSet.Builder()
            .issuer(issuer().toString())
            .subject("user-1")
            .audience(CLIENT_ID)
            .issueTime(Date.from(clock.instant()))
            .expirationTime(Date.from(clock.instant().plusSeconds(3600)))
            .claim("nonce", nonce);
    idTokenClaims.accept(claims);
    return idTokenInTransit.apply(keys.sign(algorithm, "JWT", claims.build()));
  }

  String accessToken(Consumer<JWTClaimsSet.Builder> change) {
    return accessToken(JWSAlgorithm.ES256, "at+jwt", change);
  }

  String accessToken(JWSAlgorithm algorithm, String type, Consumer<JWTClaimsSet.Builder> change) {
    Instant now = clock.instant();
    JWTClaimsSet.Builder claims =
        new JWTClaimsSet.Builder()
            .issuer(issuer().toString())
            .subject("user-1")
            .audience(issuer().toString())
            .claim("client_id", CLIENT_ID)
            .claim("scope", "openid user:read")
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plusSeconds(lifetime)))
            .jwtID(UUID.randomUUID().toString());
    change.accept(claims);
    return keys.sign(algorithm, type, claims.build());
  }

  private void serve(String path, Function<Asked, Answer> handler) {
    server.createContext(
        path,
        exchange -> {
          try (exchange) {
            Asked request = read(exchange);
            asked.add(request);
            send(exchange, handler.apply(request));
          }
        });
  }

  private static Asked read(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    String type = String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type"));
    Map<String, String> form =
        type.startsWith("application/x-www-form-urlencoded") ? Form.parse(body) : Map.of();
    String authorization = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
    return new Asked(
        exchange.getRequestMethod(),
        exchange.getRequestURI().getPath(),
        Form.parse(exchange.getRequestURI().getRawQuery()),
        form,
        authorization,
        body);
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    if (answer.status() == 0) {
      return;
    }
    byte[] body = answer.body().getBytes(UTF_8);
    answer.headers().forEach(exchange.getResponseHeaders()::set);
    exchange.getResponseHeaders().set("Content-Type", answer.contentType());
    exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
