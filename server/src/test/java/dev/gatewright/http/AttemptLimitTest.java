package dev.gatewright.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class AttemptLimitTest {
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void burstIsFollowedByOneAttemptPerPeriod() {
    AttemptLimit limit = new AttemptLimit(3, Duration.ofSeconds(30), 100, held());
    for (int i = 0; i < 3; i++) {
      assertEquals(0, limit.take("ada"));
    }

    int wait = limit.take("ada");
    assertTrue(wait > 0 && wait <= 31, "wait " + wait);
    now = now.plusSeconds(30);
    assertEquals(0, limit.take("ada"));
    assertTrue(limit.take("ada") > 0);
  }

  @Test
  void attemptGivenBackCanBeTakenAgain() {
    AttemptLimit limit = new AttemptLimit(1, Duration.ofHours(1), 100, held());

    for (int i = 0; i < 50; i++) {
      assertEquals(0, limit.take("ada"));
      limit.giveBack("ada");
    }
    assertEquals(0, limit.take("ada"));
    assertTrue(limit.take("ada") > 0);
  }

  @Test
  void keysDoNotShare() {
    AttemptLimit limit = new AttemptLimit(1, Duration.ofHours(1), 100, held());
    assertEquals(0, limit.take("ada"));

    assertEquals(0, limit.take("grace"));
  }

  private Clock held() {
    InstantSource source = () -> now;
    return source.withZone(ZoneOffset.UTC);
  }
}
