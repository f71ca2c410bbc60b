package dev.gatewright.grant;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.gatewright.client.Client;
import dev.gatewright.key.JwtSigner;
import dev.gatewright.key.SigningAlgorithm;
import dev.gatewright.oauth.AuthenticationContext;
import dev.gatewright.oauth.StandardClaim;
import dev.gatewright.settings.ServerSettings;
import dev.gatewright.user.User;
import dev.gatewright.user.UserClaims;
import dev.gatewright.user.Users;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * ID tokens (OpenID Connect Core §2). Claims about the user are in them only when they were asked
 * for one by one (§5.5): those of scopes are at userinfo (§5.4). There is no {@code azp}, for the
 * only audience is the client.
 */
@Singleton
public class IdTokens {
  /** The claims beside those about the user. */
  public static final List<String> CLAIMS =
      List.of(
          "iss", "sub", "aud", "exp", "iat", "auth_time", "nonce", "acr", "amr", "at_hash", "sid");

  private final Subjects subjects;
  private final Users users;
  private final JwtSigner signer;
  private final String issuer;
  private final Clock clock;

  public IdTokens(
      Subjects subjects, Users users, JwtSigner signer, ServerSettings settings, Clock clock) {
    this.subjects = subjects;
    this.users = users;
    this.signer = signer;
    this.issuer = settings.issuer();
    this.clock = clock;
  }

  /**
   * A signed ID token.
   *
   * @param lifetime seconds
   * @param accessToken the access token that it comes with
   * @param nonce of the authorization request; null at a refresh
   */
  String issue(
      Client client, AccessGrant grant, int lifetime, String accessToken, @Nullable String nonce) {
    SigningAlgorithm algorithm =
        SigningAlgorithm.of(client.idTokenSignedResponseAlg()).orElseThrow();
    Instant now = clock.instant();
    var claims = new JWTClaimsSet.Builder();
    individual(client, grant).forEach((claim, value) -> claims.claim(claim.claim(), value));
    claims
        .issuer(issuer)
        .subject(subjects.of(client, grant.userId()))
        .audience(client.clientId())
        .issueTime(Date.from(now))
        .expirationTime(Date.from(now.plusSeconds(lifetime)))
        .claim("auth_time", grant.authTime().getEpochSecond())
        .claim("acr", AuthenticationContext.of(grant.amrList()))
        .claim("amr", grant.amrList())
        .claim("at_hash", AccessTokenHash.of(accessToken, algorithm))
        .claim("nonce", nonce)
        .claim("sid", grant.sessionId() == null ? null : grant.sessionId().toString());
    return signer.sign(algorithm, "JWT", claims.build());
  }

  private Map<StandardClaim, Object> individual(Client client, AccessGrant grant) {
    Set<StandardClaim> wanted = grant.claims().within(client.scope()).idToken();
    return wanted.isEmpty()
        ? Map.of()
        : users.find(grant.userId()).map(user -> of(user, wanted)).orElse(Map.of());
  }

  private static Map<StandardClaim, Object> of(User user, Set<StandardClaim> wanted) {
    return UserClaims.of(user, wanted::contains);
  }
}
