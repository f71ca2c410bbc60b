package dev.gatewright.client;

import dev.gatewright.http.FieldError;
import dev.gatewright.key.SigningAlgorithm;
import dev.gatewright.oauth.GrantType;
import dev.gatewright.oauth.Scopes;
import dev.gatewright.oauth.TokenLifetime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a registration must keep to. Collects every mistake, so that an operator mends them at once.
 *
 * <p>A scope or resource that the client has already is not asked after again: it may have been
 * deleted meanwhile.
 */
final class ClientRules {
  private static final Set<String> GRANT_TYPES =
      Set.of(
          GrantType.AUTHORIZATION_CODE,
          GrantType.REFRESH_TOKEN,
          GrantType.CLIENT_CREDENTIALS,
          GrantType.DEVICE_CODE);

  /** By which a user grants a client something. */
  private static final Set<String> OF_A_USER =
      Set.of(GrantType.AUTHORIZATION_CODE, GrantType.DEVICE_CODE);

  private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\u2028\\u2029]");
  private static final int MAX_NAME = 100;
  private static final int MAX_SCOPE = 4000;
  private static final int MAX_GRANT_TYPES = 10;
  private static final int MAX_URIS = 50;

  private final ClientMetadata metadata;
  private final Registrable registrable;
  private final @Nullable Client current;
  private final List<FieldError> errors = new ArrayList<>();

  private ClientRules(ClientMetadata metadata, Registrable registrable, @Nullable Client current) {
    this.metadata = metadata;
    this.registrable = registrable;
    this.current = current;
  }

  /**
   * The mistakes of complete metadata, by field; empty when there is none.
   *
   * @param current the client that is to change; null when it is to be registered
   */
  static List<FieldError> check(
      ClientMetadata complete, Registrable registrable, @Nullable Client current) {
    var rules = new ClientRules(complete, registrable, current);
    rules.identity();
    rules.kind();
    rules.grantTypes();
    rules.redirectUris();
    rules.scopes();
    rules.tokens();
    rules.resourceServer();
    rules.errors.addAll(ClientOptionRules.check(complete));
    return List.copyOf(rules.errors);
  }

  private void identity() {
    require(
        Clients.isWellFormed(Objects.requireNonNullElse(metadata.clientId(), "")),
        "client_id",
        "must be 1 to 100 letters, digits, '.', '_', '~' and '-'");
    String name = Objects.requireNonNullElse(metadata.clientName(), "");
    require(
        !name.isBlank() && name.length() <= MAX_NAME, "client_name", "must be 1 to 100 characters");
    require(
        !INVISIBLE.matcher(name).find(),
        "client_name",
        "must hold no control or invisible character");
  }

  private void kind() {
    oneOf("application_type", metadata.applicationType(), List.of("web", "native"));
    oneOf(
        "token_endpoint_auth_method",
        metadata.tokenEndpointAuthMethod(),
        Stream.of(ClientAuthMethod.values()).map(ClientAuthMethod::value).toList());
    require(
        !isBy(ClientAuthMethod.PRIVATE_KEY_JWT)
            || metadata.options().jwks() != null
            || metadata.options().jwksUri() != null,
        "jwks",
        "must be given, or jwks_uri, for private_key_jwt (RFC 7591 section 2)");
    require(
        !isPublic() || Boolean.TRUE.equals(metadata.requirePkce()),
        "require_pkce",
        "must be true for a public client (OAuth 2.1 section 7.6)");
  }

  private void grantTypes() {
    List<String> grantTypes = grantTypeList();
    require(
        !grantTypes.isEmpty()
            && grantTypes.size() <= MAX_GRANT_TYPES
            && GRANT_TYPES.containsAll(grantTypes),
        "grant_types",
        "must be one or more of authorization_code, refresh_token, client_credentials and "
            + GrantType.DEVICE_CODE);
    require(
        !isPublic() || !grantTypes.contains(GrantType.CLIENT_CREDENTIALS),
        "grant_types",
        "must not hold client_credentials for a public client (RFC 6749 section 4.4)");
    require(
        !grantTypes.contains(GrantType.REFRESH_TOKEN)
            || !Collections.disjoint(grantTypes, OF_A_USER),
        "grant_types",
        "must hold authorization_code or the device code beside refresh_token");
  }

  private void redirectUris() {
    List<String> redirectUris = Objects.requireNonNullElse(metadata.redirectUris(), List.of());
    require(
        !redirectUris.isEmpty() || !grantTypeList().contains(GrantType.AUTHORIZATION_CODE),
        "redirect_uris",
        "must hold at least one URI for authorization_code");
    require(
        redirectUris.size() <= MAX_URIS,
        "redirect_uris",
        "must hold at most " + MAX_URIS + " URIs");
    ApplicationType type =
        ApplicationType.of(metadata.applicationType()).orElse(ApplicationType.WEB);
    for (String redirectUri : redirectUris) {
      RedirectUris.refusal(redirectUri, type)
          .ifPresent(
              why -> errors.add(new FieldError("redirect_uris", why + ": '" + redirectUri + "'")));
    }
  }

  private void scopes() {
    Scopes scope = readScopes("scope", metadata.scope());
    Scopes defaultScope = readScopes("default_scope", metadata.defaultScope());
    require(
        !scope.isEmpty() || Collections.disjoint(grantTypeList(), OF_A_USER),
        "scope",
        "must name at least one scope for authorization_code or the device code");
    for (String name : scope.values()) {
      boolean kept = current != null && current.scope().contains(name);
      require(
          kept || registrable.scopes().test(name),
          "scope",
          "names a scope that does not exist: '" + name + "'");
    }
    require(scope.containsAll(defaultScope), "default_scope", "must be a part of scope");
  }

  private Scopes readScopes(String field, @Nullable String spaceSeparated) {
    if (spaceSeparated != null && spaceSeparated.length() > MAX_SCOPE) {
      errors.add(new FieldError(field, "must not be longer than " + MAX_SCOPE + " characters"));
      return Scopes.NONE;
    }
    try {
      return Scopes.parse(spaceSeparated);
    } catch (IllegalArgumentException e) {
      errors.add(
          new FieldError(field, "must be scopes separated by spaces (RFC 6749 section 3.3)"));
      return Scopes.NONE;
    }
  }

  private void tokens() {
    oneOf(
        "refresh_token_policy", metadata.refreshTokenPolicy(), List.of("offline_access", "always"));
    between(
        "access_token_lifetime",
        metadata.accessTokenLifetime(),
        TokenLifetime.SHORTEST,
        TokenLifetime.LONGEST);
    between("refresh_token_lifetime", metadata.refreshTokenLifetime(), 60, 31_536_000);
    if (metadata.refreshTokenIdleLifetime() != null) {
      between("refresh_token_idle_lifetime", metadata.refreshTokenIdleLifetime(), 60, 31_536_000);
    }
    oneOf(
        "access_token_signed_response_alg",
        metadata.accessTokenSignedResponseAlg(),
        SigningAlgorithm.names());
    oneOf(
        "id_token_signed_response_alg",
        metadata.idTokenSignedResponseAlg(),
        SigningAlgorithm.names());
  }

  private void resourceServer() {
    List<String> identifiers = Objects.requireNonNullElse(metadata.resourceServerFor(), List.of());
    require(
        identifiers.size() <= MAX_URIS,
        "resource_server_for",
        "must hold at most " + MAX_URIS + " identifiers");
    require(
        identifiers.isEmpty() || !isPublic(),
        "resource_server_for",
        "must be empty for a public client: introspection needs a secret (RFC 7662 section 2.1)");
    for (String identifier : identifiers) {
      boolean kept = current != null && current.resourceServerFor().contains(identifier);
      require(
          kept || registrable.resources().test(identifier),
          "resource_server_for",
          "names no protected resource: '" + identifier + "'");
    }
  }

  private boolean isPublic() {
    return isBy(ClientAuthMethod.NONE);
  }

  private boolean isBy(ClientAuthMethod method) {
    return method.value().equals(metadata.tokenEndpointAuthMethod());
  }

  private List<String> grantTypeList() {
    return Objects.requireNonNullElse(metadata.grantTypes(), List.of());
  }

  private void oneOf(String field, @Nullable String value, List<String> allowed) {
    require(
        value != null && allowed.contains(value),
        field,
        "must be one of " + String.join(", ", allowed));
  }

  private void between(String field, @Nullable Integer seconds, int least, int most) {
    require(
        seconds != null && seconds >= least && seconds <= most,
        field,
        "must be from " + least + " to " + most + " seconds");
  }

  private void require(boolean kept, String field, String message) {
    if (!kept) {
      errors.add(new FieldError(field, message));
    }
  }
}
