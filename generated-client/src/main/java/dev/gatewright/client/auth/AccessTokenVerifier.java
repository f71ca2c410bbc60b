package dev.gatewright.client.auth;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.gatewright.client.auth.InvalidTokenException.Reason;
import java.net.URI;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Verifies access tokens (RFC 9068 §4) by the issuer's public keys, for an API that is called with
 * them. It asks the issuer for nothing but keys, so it does not know that a token was revoked;
 * introspection does. Safe for many threads.
 */
public final class AccessTokenVerifier {

  private static final Set<String> TYPES = Set.of("at+jwt", "application/at+jwt");
  private static final Set<String> ALGORITHMS = SignedJwt.everyAlgorithm();

  private final Provider provider;
  private final String audience;
  private final TokenTime time;

  /**
   * Verifies to the second when a token expires, and lets the issuer's clock be a minute ahead of
   * ours.
   *
   * @param provider who issues the tokens
   * @param audience what they must be for: the identifier of the protected resource, or the issuer
   *     for its own API
   */
  public AccessTokenVerifier(Provider provider, String audience) {
    this(
        provider, audience, new TokenTime(Clock.systemUTC(), Duration.ZERO, Duration.ofMinutes(1)));
  }

  /** As the other, with a clock and how much the issuer's may differ from it either way. */
  public AccessTokenVerifier(Provider provider, String audience, Clock clock, Duration clockSkew) {
    this(provider, audience, new TokenTime(clock, clockSkew, clockSkew));
  }

  private AccessTokenVerifier(Provider provider, String audience, TokenTime time) {
    this.provider = provider;
    this.audience = audience;
    this.time = time;
  }

  /** Discovers the issuer and verifies what it issues for an audience. */
  public static AccessTokenVerifier discover(URI issuer, String audience) {
    return new AccessTokenVerifier(Provider.discover(issuer), audience);
  }

  /**
   * Decodes and verifies an access token.
   *
   * @param token the JWT, without {@code Bearer}
   * @throws InvalidTokenException with its reason: {@code EXPIRED}, {@code SIGNATURE}, {@code
   *     AUDIENCE} and so on
   * @throws TransportException if the issuer's keys cannot be fetched
   */
  public AccessToken verify(String token) {
    JWTClaimsSet claims = SignedJwt.verify(token, provider.keys(), ALGORITHMS, TYPES).claims();
    if (!provider.issuer().toString().equals(claims.getIssuer())) {
      throw new InvalidTokenException(Reason.ISSUER, "The token is of another issuer");
    }
    if (!claims.getAudience().contains(audience)) {
      throw new InvalidTokenException(Reason.AUDIENCE, "The token is not for " + audience);
    }
    time.check(claims);
    return new AccessToken(
        claims.getIssuer(),
        required("sub", claims.getSubject()),
        required("client_id", text(claims, "client_id")),
        Collections.unmodifiableList(claims.getAudience()),
        Scopes.parse(text(claims, "scope")),
        claims.getIssueTime().toInstant(),
        claims.getExpirationTime().toInstant(),
        required("jti", claims.getJWTID()),
        Collections.unmodifiableMap(claims.getClaims()));
  }

  private static String required(String claim, @Nullable String value) {
    if (value == null || value.isEmpty()) {
      throw new InvalidTokenException(Reason.CLAIMS, "The token lacks " + claim);
    }
    return value;
  }

  private static @Nullable String text(JWTClaimsSet claims, String name) {
    try {
      return claims.getStringClaim(name);
    } catch (ParseException e) {
      throw new InvalidTokenException(Reason.CLAIMS, "The claim " + name + " is not a text");
    }
  }
}
