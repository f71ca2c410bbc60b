package dev.gatewright.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings by which nothing would ever be deleted, or too much at once, are refused. */
class PurgeSettingsTest {
  @ParameterizedTest
  @CsvSource({
    // interval, rows, pause, lease, what is wrong
    "PT0S, 100, PT0S, PT1M, interval",
    "PT25H, 100, PT0S, PT1M, interval",
    "PT10M, 0, PT0S, PT1M, rows",
    "PT10M, 1001, PT0S, PT1M, rows",
    "PT10M, 100, PT-1S, PT1M, pause",
    "PT10M, 100, PT1.1S, PT1M, pause",
    "PT10M, 100, PT0S, PT0.9S, lease",
    "PT10M, 100, PT0S, PT25H, lease"
  })
  void whatIsOutOfBoundsIsNamed(
      Duration interval, int rows, Duration pause, Duration lease, String key) {
    String sentence =
        assertThrows(
                InvalidSettingException.class,
                () -> new PurgeSettings(interval, rows, pause, lease))
            .getMessage();
    assertTrue(sentence.startsWith("gatewright.purge." + key + " is '"), sentence);
  }

  @Test
  void mostThatIsAllowedIsAllowed() {
    Duration day = Duration.ofDays(1);
    assertEquals(1000, new PurgeSettings(day, 1000, Duration.ofSeconds(1), day).rows());
  }
}
