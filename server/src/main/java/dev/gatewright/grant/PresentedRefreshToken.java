package dev.gatewright.grant;

import dev.gatewright.user.User;
import java.time.Instant;

/**
 * A refresh token of ours that someone presents, whether it is still good or not, with its grant
 * and the user who gave it, all as they were at one moment.
 */
public record PresentedRefreshToken(RefreshToken token, AccessGrant grant, User user) {
  /** Whether it can be redeemed: neither used nor expired, and its grant has not ended. */
  public boolean isLive(Instant now) {
    return token.isLive(now) && grant.isLive(now);
  }
}
