package dev.gatewright.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  @ParameterizedTest
  @CsvSource({
    "192.0.2.7, 192.0.2.7",
    "::ffff:192.0.2.7, 192.0.2.7",
    "2001:db8:1:2:3:4:5:6, 20010db800010002/64",
    "2001:db8:1:2:ffff::1, 20010db800010002/64",
    "fe80::1%eth0, fe80000000000000/64",
    "not-an-address, unknown"
  })
  void householdsShareAnIpv6Network(String address, String network) {
    assertEquals(network, ClientAddresses.network(address));
  }

  private Clock held() {
    InstantSource source = () -> now;
    return source.withZone(ZoneOffset.UTC);
  }
}
