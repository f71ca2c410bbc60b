package dev.gatewright.client.jwt;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.gatewright.client.error.InvalidTokenException;
import dev.gatewright.client.error.InvalidTokenException.Reason;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.jspecify.annotations.Nullable;

/**
 * The times of a token against our clock (RFC 7519 §4.1.4 to §4.1.6).
 *
 * @param clock our clock
 * @param grace for how long after its expiry a token is still accepted
 * @param lead how far in our future a token may have been issued, by a clock ahead of ours
 */
public record TokenTime(Clock clock, Duration grace, Duration lead) {

  /**
   * Lets a token pass whose time it is.
   *
   * @throws InvalidTokenException if the token has expired, is not valid yet, or does not say
   */
  public void check(JWTClaimsSet claims) {
    Instant now = clock.instant();
    Instant expiry = required("exp", claims.getExpirationTime());
    if (!now.isBefore(expiry.plus(grace))) {
      throw new InvalidTokenException(Reason.EXPIRED, "The token expired at " + expiry);
    }
    Instant issuedAt = required("iat", claims.getIssueTime());
    Instant notBefore =
        claims.getNotBeforeTime() == null ? issuedAt : claims.getNotBeforeTime().toInstant();
    Instant latest = now.plus(lead);
    if (issuedAt.isAfter(latest) || notBefore.isAfter(latest)) {
      throw new InvalidTokenException(
          Reason.NOT_YET_VALID, "The token is not valid yet; do the clocks agree?");
    }
  }

  /** Whether something that happened then is longer ago than allowed. */
  public boolean longerAgoThan(Duration allowed, Instant then) {
    return then.plus(allowed).plus(grace).isBefore(clock.instant());
  }

  private static Instant required(String claim, @Nullable Date time) {
    if (time == null) {
      throw new InvalidTokenException(Reason.CLAIMS, "The token lacks " + claim);
    }
    return time.toInstant();
  }
}
