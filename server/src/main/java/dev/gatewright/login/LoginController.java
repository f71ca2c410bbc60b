package dev.gatewright.login;

import dev.gatewright.api.LoginApi;
import dev.gatewright.api.model.LoginRequest;
import dev.gatewright.api.model.TokenResponse;
import dev.gatewright.client.Client;
import dev.gatewright.client.Clients;
import dev.gatewright.client.LoginClient;
import dev.gatewright.grant.IssuedTokens;
import dev.gatewright.grant.TokenIssuer;
import dev.gatewright.http.Origins;
import dev.gatewright.http.ProblemException;
import dev.gatewright.http.ProblemType;
import dev.gatewright.settings.LoginApiSettings;
import dev.gatewright.user.User;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.context.ServerRequestContext;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;

/**
 * {@code POST /api/login}: tokens for this server's own API, of the built-in {@link LoginClient}.
 * It is not an OAuth grant: no other client can use it (OAuth 2.1 has no password grant), and no
 * page of another origin.
 */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
class LoginController implements LoginApi {
  private final PasswordLogin passwordLogin;
  private final Clients clients;
  private final TokenIssuer issuer;
  private final Origins origins;
  private final LoginApiSettings settings;

  LoginController(
      PasswordLogin passwordLogin,
      Clients clients,
      TokenIssuer issuer,
      Origins origins,
      LoginApiSettings settings) {
    this.passwordLogin = passwordLogin;
    this.clients = clients;
    this.issuer = issuer;
    this.origins = origins;
    this.settings = settings;
  }

  @Override
  public HttpResponse<TokenResponse> logIn(LoginRequest body) {
    HttpRequest<?> request = ServerRequestContext.currentRequest().orElseThrow();
    if (!settings.enabled()) {
      throw ProblemException.of(
          ProblemType.LOGIN_FORBIDDEN, "JSON login is switched off on this server");
    }
    if (origins.foreign(request)) {
      throw ProblemException.of(
          ProblemType.LOGIN_FORBIDDEN, "JSON login is for first-party callers only");
    }
    LoginScopes wanted = LoginScopes.parse(body.getScope());
    User user =
        passwordLogin
            .attempt(request, body.getLogin(), body.getPassword())
            .orElseThrow(() ->
                ProblemException.of(
                    ProblemType.INVALID_CREDENTIALS, "The user name, email or password is wrong"));
    Client client = clients.find(LoginClient.CLIENT_ID).orElseThrow();
    IssuedTokens tokens = issuer.forLogin(user.id(), client, wanted.of(user), PasswordLogin.AMR);
    return HttpResponse.ok(body(tokens)).header(HttpHeaders.CACHE_CONTROL, "no-store");
  }

  private static TokenResponse body(IssuedTokens tokens) {
    return new TokenResponse()
        .accessToken(tokens.accessToken())
        .tokenType("Bearer")
        .expiresIn(tokens.expiresIn())
        .refreshToken(tokens.refreshToken())
        .idToken(tokens.idToken())
        .scope(tokens.scope().toString());
  }
}
