package dev.gatewright.page;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where a user is logged in. Its forms post {@code csrf_token} and {@code session}, which is the id
 * of one or {@code others}, to {@code /account/sessions}.
 *
 * @param lines this browser first, then the newest
 * @param ended whether one was ended just now
 */
public record SessionsPage(String csrfToken, List<Line> lines, boolean ended) implements Page {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  /**
   * One session.
   *
   * @param device the browser, in words
   * @param address where the login came from; null when that is not known
   * @param current whether it is the session of this browser
   */
  public record Line(
      String id,
      String device,
      @Nullable String address,
      Instant loggedInAt,
      Instant lastSeenAt,
      boolean current) {}

  /** Whether there is a session beside this browser's. */
  public boolean hasOthers() {
    return lines.stream().anyMatch(line -> !line.current());
  }

  /** A time for people, such as "1 January 2026, 12:00 UTC". */
  public static String shown(Instant time) {
    return TIME.format(time);
  }
}
