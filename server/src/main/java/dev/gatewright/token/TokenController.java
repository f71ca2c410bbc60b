package dev.gatewright.token;

import dev.gatewright.api.TokenApi;
import dev.gatewright.api.model.IntrospectionRequest;
import dev.gatewright.api.model.IntrospectionResponse;
import dev.gatewright.api.model.RevocationRequest;
import dev.gatewright.api.model.TokenRequest;
import dev.gatewright.api.model.TokenResponse;
import dev.gatewright.client.Client;
import dev.gatewright.client.authentication.ClientAuthenticator;
import dev.gatewright.client.authentication.ClientCredentials;
import dev.gatewright.grant.IssuedTokens;
import dev.gatewright.http.FormParameters;
import dev.gatewright.oauth.ErrorCode;
import dev.gatewright.oauth.OAuthException;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.context.ServerRequestContext;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import org.jspecify.annotations.Nullable;

/** {@code /oauth2/token}, {@code /oauth2/revoke} and {@code /oauth2/introspect}. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
class TokenController implements TokenApi {
  private final ClientAuthenticator authenticator;
  private final GrantHandlers grantHandlers;
  private final Revocation revocation;
  private final Introspection introspection;

  TokenController(
      ClientAuthenticator authenticator,
      GrantHandlers grantHandlers,
      Revocation revocation,
      Introspection introspection) {
    this.authenticator = authenticator;
    this.grantHandlers = grantHandlers;
    this.revocation = revocation;
    this.introspection = introspection;
  }

  @Override
  public HttpResponse<TokenResponse> issueToken(TokenRequest request) {
    Client client =
        authenticate(
            new ClientCredentials(
                request.getClientId(),
                request.getClientSecret(),
                request.getClientAssertionType(),
                request.getClientAssertion()));
    String grantType = TokenParameters.required(value(request.getGrantType()), "grant_type");
    GrantHandler handler = grantHandlers.of(grantType);
    if (!client.mayUse(grantType)) {
      throw new OAuthException(
          ErrorCode.UNAUTHORIZED_CLIENT, "This client is not registered for this grant type");
    }
    return noStore(response(handler.handle(client, parameters(request))));
  }

  @Override
  public HttpResponse<?> revokeToken(RevocationRequest request) {
    Client client =
        authenticate(
            new ClientCredentials(
                request.getClientId(),
                request.getClientSecret(),
                request.getClientAssertionType(),
                request.getClientAssertion()));
    revocation.revoke(client, TokenParameters.required(value(request.getToken()), "token"));
    return HttpResponse.ok().header(HttpHeaders.CACHE_CONTROL, "no-store");
  }

  @Override
  public HttpResponse<IntrospectionResponse> introspectToken(IntrospectionRequest request) {
    Client client =
        authenticate(
            new ClientCredentials(
                request.getClientId(),
                request.getClientSecret(),
                request.getClientAssertionType(),
                request.getClientAssertion()));
    String token = TokenParameters.required(value(request.getToken()), "token");
    return noStore(introspection.introspect(client, token));
  }

  private Client authenticate(ClientCredentials form) {
    return authenticator.authenticate(ServerRequestContext.currentRequest().orElseThrow(), form);
  }

  private static TokenParameters parameters(TokenRequest request) {
    return new TokenParameters(
        value(request.getCode()),
        value(request.getRedirectUri()),
        value(request.getCodeVerifier()),
        value(request.getRefreshToken()),
        value(request.getDeviceCode()),
        value(request.getScope()),
        FormParameters.values(ServerRequestContext.currentRequest().orElseThrow(), "resource"));
  }

  /** RFC 6749 §3.2: a parameter sent without a value counts as absent. */
  private static @Nullable String value(@Nullable String sent) {
    return sent == null || sent.isEmpty() ? null : sent;
  }

  private static TokenResponse response(IssuedTokens tokens) {
    return new TokenResponse()
        .accessToken(tokens.accessToken())
        .tokenType("Bearer")
        .expiresIn(tokens.expiresIn())
        .refreshToken(tokens.refreshToken())
        .idToken(tokens.idToken())
        .scope(tokens.scope().toString());
  }

  private static <T> MutableHttpResponse<T> noStore(T body) {
    return HttpResponse.ok(body).header(HttpHeaders.CACHE_CONTROL, "no-store");
  }
}
