package dev.gatewright;

import dev.gatewright.client.ClientMetadata;
import dev.gatewright.client.ClientOptions;
import dev.gatewright.client.ClientRegistrations;
import dev.gatewright.client.RegisteredClient;
import dev.gatewright.client.Registrable;
import dev.gatewright.oauth.GrantType;
import io.micronaut.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Registers clients at a {@link TestServer}: says what is special about one, and leaves the rest as
 * it usually is.
 */
public final class ClientBuilder {
  private static final Registrable ANYTHING = new Registrable(scope -> true, resource -> true);

  private final TestServer server;
  private String applicationType = "web";
  private String name = "A client";
  private String authMethod = "client_secret_basic";
  private List<String> grantTypes = List.of(GrantType.AUTHORIZATION_CODE, GrantType.REFRESH_TOKEN);
  private List<String> redirectUris = List.of("https://client.example/callback");
  private String scope = "openid profile email address phone offline_access user:read user:write";
  private @Nullable String defaultScope;
  private boolean requirePkce = true;
  private boolean requireConsent;
  private @Nullable String accessTokenAlg;
  private List<String> resourceServerFor = List.of();
  private final Map<String, Object> options = new LinkedHashMap<>();

  private ClientBuilder(TestServer server) {
    this.server = server;
  }

  /** A confidential web client that users are not asked about. */
  public static ClientBuilder web(TestServer server) {
    return new ClientBuilder(server);
  }

  /** A public native client on a loopback redirect URI that users are not asked about. */
  public static ClientBuilder nativeApp(TestServer server) {
    ClientBuilder client = new ClientBuilder(server);
    client.applicationType = "native";
    client.authMethod = "none";
    client.redirectUris = List.of("http://127.0.0.1/callback");
    return client;
  }

  /** A confidential client that acts for itself. */
  public static ClientBuilder machine(TestServer server) {
    ClientBuilder client = new ClientBuilder(server);
    client.grantTypes = List.of(GrantType.CLIENT_CREDENTIALS);
    client.redirectUris = List.of();
    client.scope = "users:read clients:read";
    return client;
  }

  /** A public client on a device without a browser (RFC 8628). */
  public static ClientBuilder device(TestServer server) {
    ClientBuilder client = new ClientBuilder(server);
    client.applicationType = "native";
    client.authMethod = "none";
    client.grantTypes = List.of(GrantType.DEVICE_CODE, GrantType.REFRESH_TOKEN);
    client.redirectUris = List.of();
    return client;
  }

  public ClientBuilder name(String value) {
    name = value;
    return this;
  }

  public ClientBuilder authMethod(String value) {
    authMethod = value;
    return this;
  }

  public ClientBuilder grantTypes(String... values) {
    grantTypes = List.of(values);
    return this;
  }

  public ClientBuilder redirectUris(String... values) {
    redirectUris = List.of(values);
    return this;
  }

  public ClientBuilder scope(String value) {
    scope = value;
    return this;
  }

  public ClientBuilder defaultScope(String value) {
    defaultScope = value;
    return this;
  }

  public ClientBuilder withoutPkce() {
    requirePkce = false;
    return this;
  }

  public ClientBuilder withConsent() {
    requireConsent = true;
    return this;
  }

  public ClientBuilder accessTokenAlg(String value) {
    accessTokenAlg = value;
    return this;
  }

  /** Lets it introspect access tokens for the server's own API. */
  public ClientBuilder resourceServer() {
    return resourceServerFor(server.issuer());
  }

  public ClientBuilder resourceServerFor(String... identifiers) {
    resourceServerFor = List.of(identifiers);
    return this;
  }

  /** Metadata that most clients go without, by its name in the contract. */
  public ClientBuilder option(String field, Object value) {
    options.put(field, value);
    return this;
  }

  private ClientOptions options() {
    JsonMapper json = server.bean(JsonMapper.class);
    try {
      return json.readValueFromTree(json.writeValueToTree(options), ClientOptions.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public TestClient register() {
    ClientMetadata metadata =
        new ClientMetadata(
            null,
            name,
            applicationType,
            authMethod,
            grantTypes,
            redirectUris,
            scope,
            defaultScope,
            requirePkce,
            requireConsent,
            null,
            null,
            null,
            null,
            accessTokenAlg,
            null,
            resourceServerFor,
            options());
    RegisteredClient registered = server.bean(ClientRegistrations.class).create(metadata, ANYTHING);
    return new TestClient(
        server,
        registered.client().clientId(),
        Objects.requireNonNullElse(registered.clientSecret(), ""),
        redirectUris.isEmpty() ? "" : redirectUris.getFirst());
  }
}
