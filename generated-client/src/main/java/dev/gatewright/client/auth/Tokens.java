package dev.gatewright.client.auth;

import com.nimbusds.jwt.JWTParser;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the token endpoint gave us. Its {@code toString()} shows no token.
 *
 * @param accessToken the access token
 * @param refreshToken the refresh token, which works once, if one was issued
 * @param idToken the ID token of the login or of the latest refresh that brought one; validated on
 *     arrival
 * @param scopes the scopes granted
 * @param receivedAt when we asked for it
 * @param expiresAt when the access token expires, by our own clock
 */
public record Tokens(
    String accessToken,
    @Nullable String refreshToken,
    @Nullable String idToken,
    Set<String> scopes,
    Instant receivedAt,
    Instant expiresAt) {

  public Tokens {
    scopes = Scopes.copy(scopes);
  }

  /**
   * What the ID token says about the user and the login ({@code sub}, {@code auth_time}); empty
   * without one.
   */
  public Map<String, Object> idTokenClaims() {
    if (idToken == null) {
      return Map.of();
    }
    try {
      return Collections.unmodifiableMap(JWTParser.parse(idToken).getJWTClaimsSet().getClaims());
    } catch (ParseException e) {
      throw new IllegalStateException("The stored ID token cannot be read");
    }
  }

  boolean isExpired(Instant now) {
    return !now.isBefore(expiresAt);
  }

  /** Due ahead of expiry, by the margin, but never in the first half of the token's life. */
  boolean isDueForRenewal(Instant now, Duration margin) {
    Duration half = Duration.between(receivedAt, expiresAt).dividedBy(2);
    return !now.isBefore(expiresAt.minus(margin.compareTo(half) < 0 ? margin : half));
  }

  @Override
  public String toString() {
    return "Tokens[accessToken=***, refreshToken="
        + (refreshToken == null ? "none" : "***")
        + ", idToken="
        + (idToken == null ? "none" : "***")
        + ", scopes="
        + scopes
        + ", expiresAt="
        + expiresAt
        + "]";
  }
}
