package dev.gatewright.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatewright.TestClock;
import dev.gatewright.TestServer;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** The same rule, wherever it is counted. */
@ParameterizedClass
@ValueSource(booleans = {false, true})
class AttemptLimitTest {
  private final TestClock clock = new TestClock();
  private final TestServer server;

  AttemptLimitTest(boolean shared) {
    server = TestServer.start(Map.of("gatewright.limits.shared", shared), clock);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void burstIsFollowedByOneAttemptPerPeriod() {
    AttemptLimit limit = limit(3, Duration.ofSeconds(30));
    for (int i = 0; i < 3; i++) {
      assertEquals(0, limit.take("ada"));
    }

    int wait = limit.take("ada");
    assertTrue(wait > 0 && wait <= 31, "wait " + wait);
    clock.advance(Duration.ofSeconds(29));
    assertTrue(limit.take("ada") > 0);
    clock.advance(Duration.ofSeconds(1));
    assertEquals(0, limit.take("ada"));
    assertTrue(limit.take("ada") > 0);
  }

  @Test
  void allAttemptsComeBackAndNoMore() {
    AttemptLimit limit = limit(3, Duration.ofSeconds(30));
    limit.take("ada");
    clock.advance(Duration.ofHours(1));

    for (int i = 0; i < 3; i++) {
      assertEquals(0, limit.take("ada"));
    }
    assertTrue(limit.take("ada") > 0);
  }

  @Test
  void attemptGivenBackCanBeTakenAgain() {
    AttemptLimit limit = limit(1, Duration.ofHours(1));

    for (int i = 0; i < 50; i++) {
      assertEquals(0, limit.take("ada"));
      limit.giveBack("ada");
    }
    assertEquals(0, limit.take("ada"));
    assertTrue(limit.take("ada") > 0);
  }

  @Test
  void keysDoNotShare() {
    AttemptLimit limit = limit(1, Duration.ofHours(1));
    assertEquals(0, limit.take("ada"));

    assertEquals(0, limit.take("grace"));
  }

  @Test
  void limitsDoNotShare() {
    AttemptLimit another =
        server.bean(AttemptLimits.class).named("another", 1, Duration.ofHours(1), 100);
    assertEquals(0, limit(1, Duration.ofHours(1)).take("ada"));

    assertEquals(0, another.take("ada"));
  }

  private AttemptLimit limit(int burst, Duration refill) {
    return server.bean(AttemptLimits.class).named("a limit", burst, refill, 100);
  }
}
