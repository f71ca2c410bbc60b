package dev.gatewright.client.auth;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.gatewright.client.error.InvalidTokenException;
import dev.gatewright.client.error.InvalidTokenException.Reason;
import dev.gatewright.client.error.TransportException;
import dev.gatewright.client.jwt.SignedJwt;
import dev.gatewright.client.jwt.TokenTime;
import dev.gatewright.client.transport.HttpTransport;
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
 * introspection does. Keys are fetched again every few minutes, and at once when a token names a
 * new one; those that are known stay good for a day while the issuer is away. Safe for many
 * threads.
 */
public final class AccessTokenVerifier {

  private static final Set<String> TYPES = Set.of("at+jwt", "application/at+jwt");
  private static final Set<String> ALGORITHMS = SignedJwt.everyAlgorithm();

  private final Discovery discovery;
  private final String audience;
  private final TokenTime time;

  /**
   * For {@code Gatewright.verifier}. Verifies to the second when a token expires, and lets the
   * issuer's clock be a minute ahead of ours.
   *
   * @param discovery who issues the tokens; asked when the first one comes
   * @param audience what they must be for: the identifier of the protected resource, or the issuer
   *     for its own API
   */
  public AccessTokenVerifier(Discovery discovery, String audience) {
    this(
        discovery,
        audience,
        new TokenTime(discovery.clock(), Duration.ZERO, Duration.ofMinutes(1)));
  }

  private AccessTokenVerifier(Discovery discovery, String audience, TokenTime time) {
    this.discovery = discovery;
    this.audience = audience;
    this.time = time;
  }

  /**
   * Verifies what an issuer issues for an audience, with an HTTP client of its own. The issuer is
   * asked when the first token comes, so a service starts without it.
   */
  public static AccessTokenVerifier discover(URI issuer, String audience) {
    return new AccessTokenVerifier(
        new Discovery(issuer, HttpTransport.withDefaults(), Clock.systemUTC()), audience);
  }

  /** The same, but for how much the issuer's clock may differ from ours, either way. */
  public AccessTokenVerifier withClockSkew(Duration clockSkew) {
    return new AccessTokenVerifier(
        discovery, audience, new TokenTime(discovery.clock(), clockSkew, clockSkew));
  }

  /**
   * Decodes and verifies an access token.
   *
   * @param token the JWT, without {@code Bearer}
   * @throws InvalidTokenException with its reason: {@code EXPIRED}, {@code SIGNATURE}, {@code
   *     AUDIENCE} and so on
   * @throws TransportException if the issuer's keys cannot be fetched and none are known: answer
   *     503
   */
  public AccessToken verify(String token) {
    Provider provider = discovery.provider();
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
