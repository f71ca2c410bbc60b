package dev.gatewright.discovery;

import dev.gatewright.api.model.ProtectedResourceMetadata;
import dev.gatewright.api.model.ProviderMetadata;
import dev.gatewright.client.ClientAuthMethod;
import dev.gatewright.client.ClientOptions;
import dev.gatewright.grant.IdTokens;
import dev.gatewright.key.SigningAlgorithm;
import dev.gatewright.oauth.AuthenticationContext;
import dev.gatewright.oauth.Pkce;
import dev.gatewright.oauth.Prompt;
import dev.gatewright.oauth.ResponseMode;
import dev.gatewright.oauth.ServerScopes;
import dev.gatewright.oauth.StandardClaim;
import dev.gatewright.resource.Resources;
import dev.gatewright.settings.RegistrationSettings;
import dev.gatewright.settings.RequestUriSettings;
import dev.gatewright.settings.ServerSettings;
import dev.gatewright.token.GrantHandlers;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** What this provider can do (RFC 8414 §2, OpenID Connect Discovery §3). */
@Singleton
final class Metadata {
  private final ServerSettings settings;
  private final GrantHandlers grantHandlers;
  private final Resources resources;
  private final RegistrationSettings registration;
  private final RequestUriSettings requestUri;

  Metadata(
      ServerSettings settings,
      GrantHandlers grantHandlers,
      Resources resources,
      RegistrationSettings registration,
      RequestUriSettings requestUri) {
    this.settings = settings;
    this.registration = registration;
    this.grantHandlers = grantHandlers;
    this.resources = resources;
    this.requestUri = requestUri;
  }

  /** The document, which is the same at both addresses. */
  ProviderMetadata document() {
    List<String> methods =
        Arrays.stream(ClientAuthMethod.values()).map(ClientAuthMethod::value).toList();
    List<String> confidentialMethods =
        methods.stream().filter(method -> !method.equals(ClientAuthMethod.NONE.value())).toList();
    return new ProviderMetadata()
        .issuer(url(""))
        .authorizationEndpoint(url("/oauth2/auth"))
        .tokenEndpoint(url("/oauth2/token"))
        .deviceAuthorizationEndpoint(url("/oauth2/device_authorization"))
        .userinfoEndpoint(url("/oauth2/userinfo"))
        .revocationEndpoint(url("/oauth2/revoke"))
        .introspectionEndpoint(url("/oauth2/introspect"))
        .registrationEndpoint(registration.isClosed() ? null : url("/oauth2/register"))
        .endSessionEndpoint(url("/oauth2/logout"))
        .backchannelLogoutSupported(true)
        .backchannelLogoutSessionSupported(true)
        .jwksUri(url("/.well-known/jwks.json"))
        .serviceDocumentation(url("/swagger-ui/"))
        .scopesSupported(List.copyOf(resources.scopes()))
        .responseTypesSupported(List.of("code"))
        .responseModesSupported(
            Arrays.stream(ResponseMode.values()).map(ResponseMode::value).toList())
        .grantTypesSupported(grantHandlers.grantTypes())
        .subjectTypesSupported(List.of(ClientOptions.PUBLIC, ClientOptions.PAIRWISE))
        .idTokenSigningAlgValuesSupported(SigningAlgorithm.names())
        .userinfoSigningAlgValuesSupported(SigningAlgorithm.names())
        .tokenEndpointAuthMethodsSupported(methods)
        .revocationEndpointAuthMethodsSupported(methods)
        .introspectionEndpointAuthMethodsSupported(confidentialMethods)
        .tokenEndpointAuthSigningAlgValuesSupported(SigningAlgorithm.names())
        .revocationEndpointAuthSigningAlgValuesSupported(SigningAlgorithm.names())
        .introspectionEndpointAuthSigningAlgValuesSupported(SigningAlgorithm.names())
        .codeChallengeMethodsSupported(List.of(Pkce.S256))
        .acrValuesSupported(AuthenticationContext.VALUES)
        .claimsSupported(claims())
        .claimTypesSupported(List.of("normal"))
        .promptValuesSupported(Arrays.stream(Prompt.values()).map(Prompt::value).toList())
        .claimsParameterSupported(true)
        .requestParameterSupported(true)
        .requestObjectSigningAlgValuesSupported(SigningAlgorithm.names())
        .requestUriParameterSupported(requestUri.enabled())
        .requireRequestUriRegistration(requestUri.enabled() ? true : null)
        .authorizationResponseIssParameterSupported(true);
  }

  /** This server's own API as a protected resource (RFC 9728 §2): its identifier is the issuer. */
  ProtectedResourceMetadata ofTheApi() {
    return new ProtectedResourceMetadata()
        .resource(url(""))
        .resourceName("Gatewright")
        .resourceDocumentation(url("/swagger-ui/"))
        .authorizationServers(List.of(url("")))
        .scopesSupported(
            ServerScopes.ALL.stream()
                .filter(scope -> !ServerScopes.OF_A_LOGIN.contains(scope))
                .toList())
        .bearerMethodsSupported(List.of("header"));
  }

  /** Those of ID tokens, and those of userinfo. */
  private static List<String> claims() {
    return Stream.concat(
            IdTokens.CLAIMS.stream(),
            Arrays.stream(StandardClaim.values()).map(StandardClaim::claim))
        .toList();
  }

  private URI url(String path) {
    return URI.create(settings.url(path));
  }
}
