package dev.gatewright.logout;

import dev.gatewright.backchannel.LogoutNotices;
import dev.gatewright.session.BrowserSession;
import dev.gatewright.session.BrowserSessions;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.cookie.Cookie;
import jakarta.inject.Singleton;

/** The act: this browser's session ends, and its clients know before the browser goes on. */
@Singleton
final class Logout {
  private final BrowserSessions sessions;
  private final LogoutNotices notices;

  Logout(BrowserSessions sessions, LogoutNotices notices) {
    this.sessions = sessions;
    this.notices = notices;
  }

  /**
   * Ends the session.
   *
   * @param session the one that the request came with
   * @return the cookie that clears the browser's
   */
  Cookie end(HttpRequest<?> http, BrowserSession session) {
    Cookie cleared = sessions.end(http);
    notices.await(session.sid());
    return cleared;
  }
}
