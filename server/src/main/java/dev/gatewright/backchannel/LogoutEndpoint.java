package dev.gatewright.backchannel;

import dev.gatewright.outbound.Outbound;
import dev.gatewright.outbound.OutboundException;
import jakarta.inject.Singleton;
import java.util.Map;

/** Clients' {@code backchannel_logout_uri} (OpenID Connect Back-Channel Logout §2.5, §2.8). */
@Singleton
final class LogoutEndpoint {
  private final Outbound outbound;

  LogoutEndpoint(Outbound outbound) {
    this.outbound = outbound;
  }

  /**
   * What came of it.
   *
   * @param outcome {@link Outcome#DELIVERED}, {@link Outcome#REFUSED} or {@link Outcome#POSTPONED}
   * @param detail a few words for the log
   */
  record Answer(Outcome outcome, String detail) {}

  /** Posts a logout token, and waits for the answer. */
  Answer post(String uri, String logoutToken) {
    try {
      return of(outbound.postForm(uri, Map.of("logout_token", logoutToken)));
    } catch (OutboundException e) {
      boolean passing = e.reason() != OutboundException.Reason.REFUSED;
      return new Answer(
          passing ? Outcome.POSTPONED : Outcome.REFUSED, String.valueOf(e.getMessage()));
    }
  }

  /**
   * §2.8: 200 says that the user is logged out there, 400 that it failed for good; §2.5: only what
   * may pass is worth another attempt.
   */
  private static Answer of(int status) {
    boolean passing = status >= 500 || status == 408 || status == 425 || status == 429;
    Outcome outcome =
        status / 100 == 2 ? Outcome.DELIVERED : passing ? Outcome.POSTPONED : Outcome.REFUSED;
    return new Answer(outcome, "it answered " + status);
  }
}
