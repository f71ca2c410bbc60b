package dev.gatewright.userinfo;

import dev.gatewright.api.UserInfoApi;
import dev.gatewright.api.model.UserInfoRequest;
import dev.gatewright.bearer.AccessToken;
import dev.gatewright.bearer.Caller;
import dev.gatewright.bearer.UnfitTokenException;
import dev.gatewright.client.Client;
import dev.gatewright.client.Clients;
import dev.gatewright.grant.IndividualClaims;
import dev.gatewright.key.JwtSigner;
import dev.gatewright.key.SigningAlgorithm;
import dev.gatewright.oauth.ErrorCode;
import dev.gatewright.oauth.StandardClaim;
import dev.gatewright.settings.ServerSettings;
import dev.gatewright.user.UserClaims;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code /oauth2/userinfo}: the claims that the access token's scopes stand for (OpenID Connect
 * Core §5.4), and those that were asked for one by one (§5.5), as JSON or as a signed JWT,
 * whichever the client is registered for (§5.3.2).
 */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
class UserInfoController implements UserInfoApi {
  private static final MediaType JWT = MediaType.of("application/jwt");

  private final Caller caller;
  private final Clients clients;
  private final JwtSigner signer;
  private final String issuer;

  UserInfoController(Caller caller, Clients clients, JwtSigner signer, ServerSettings settings) {
    this.caller = caller;
    this.clients = clients;
    this.signer = signer;
    this.issuer = settings.issuer();
  }

  @Override
  public HttpResponse<?> getUserInfo() {
    AccessToken token = caller.token();
    Client client =
        clients
            .find(token.clientId())
            .orElseThrow(() ->
                new UnfitTokenException(
                    ErrorCode.INVALID_TOKEN, "The client of the access token is gone"));
    Map<String, Object> claims = claims(token, client);
    @Nullable String alg = client.options().userinfoSignedResponseAlg();
    if (alg == null) {
      return HttpResponse.ok(claims)
          .contentType(MediaType.APPLICATION_JSON_TYPE)
          .header(HttpHeaders.CACHE_CONTROL, "no-store");
    }
    claims.put("iss", issuer);
    claims.put("aud", client.clientId());
    return HttpResponse.ok(signer.sign(SigningAlgorithm.of(alg).orElseThrow(), "JWT", claims))
        .contentType(JWT)
        .header(HttpHeaders.CACHE_CONTROL, "no-store");
  }

  /** The token in the form has been read with the others, by {@code bearer}. */
  @Override
  public HttpResponse<?> getUserInfoByPost(@Nullable UserInfoRequest form) {
    return getUserInfo();
  }

  private Map<String, Object> claims(AccessToken token, Client client) {
    var claims = new LinkedHashMap<String, Object>();
    claims.put("sub", token.subject());
    IndividualClaims asked = token.grant() == null ? IndividualClaims.NONE : token.grant().claims();
    Set<StandardClaim> individual = asked.within(client.scope()).userinfo();
    UserClaims.of(
            caller.user(),
            claim -> token.scopes().contains(claim.scope()) || individual.contains(claim))
        .forEach((claim, value) -> claims.put(claim.claim(), value));
    return claims;
  }
}
