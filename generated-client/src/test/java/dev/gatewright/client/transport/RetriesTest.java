package dev.gatewright.client.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatewright.client.http.Retries;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How long to wait before the next attempt (RFC 9110 §10.2.3). */
class RetriesTest {

  @Test
  void waitDoublesUpToItsLimit() {
    Retries retries =
        new Retries(9, Duration.ofMillis(200), Duration.ofSeconds(1), Duration.ofMinutes(1));

    assertEquals(Duration.ofMillis(200), retries.ceiling(1));
    assertEquals(Duration.ofMillis(400), retries.ceiling(2));
    assertEquals(Duration.ofMillis(800), retries.ceiling(3));
    assertEquals(Duration.ofSeconds(1), retries.ceiling(4));
    assertEquals(Duration.ofSeconds(1), retries.ceiling(1000));
  }

  @Test
  void retriesWithoutAnAttemptAreRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new Retries(0, Duration.ZERO, Duration.ZERO, Duration.ofMinutes(1)));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Retries(1, Duration.ZERO, Duration.ZERO, Duration.ZERO));
  }

  @Test
  void retryAfterIsSecondsOrADate() {
    assertEquals(Optional.of(Duration.ofSeconds(120)), retryAfter("120"));
    String date =
        DateTimeFormatter.RFC_1123_DATE_TIME.format(
            ZonedDateTime.now(ZoneOffset.UTC).plusMinutes(2));
    Duration wait = retryAfter(date).orElseThrow();
    assertTrue(
        wait.compareTo(Duration.ofSeconds(110)) > 0 && wait.compareTo(Duration.ofSeconds(121)) < 0,
        wait.toString());
    assertEquals(Optional.of(Duration.ZERO), retryAfter("Wed, 21 Oct 2015 07:28:00 GMT"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "-1", "1.5", "99999999999", "Wed, 41 Oct 2015 07:28:00 GMT"})
  void retryAfterThatCannotBeReadIsAsIfAbsent(String value) {
    assertEquals(Optional.empty(), retryAfter(value));
  }

  private static Optional<Duration> retryAfter(String value) {
    return RetryAfter.of(
        HttpHeaders.of(Map.of("Retry-After", List.of(value)), (name, any) -> true));
  }
}
