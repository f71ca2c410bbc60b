package dev.gatewright.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Intervals that would make tokens of keys which nobody has fetched yet are refused. */
class KeySettingsTest {
  @ParameterizedTest
  @CsvSource({
    // rotation-interval, publish-before-use, jwks-max-age, what is wrong
    "P90D, PT5M, PT5M, publish-before-use",
    "P90D, PT5M59S, PT5M, publish-before-use",
    "P90D, PT0S, PT5M, publish-before-use",
    "P90D, PT-24H, PT5M, publish-before-use",
    "P90D, PT24H, PT24H, publish-before-use",
    "PT24H, PT24H, PT5M, rotation-interval",
    "PT0S, PT24H, PT5M, rotation-interval",
    "P3651D, PT24H, PT5M, rotation-interval",
    "P90D, PT24H, PT0S, jwks-max-age",
    "P90D, PT24H, PT-1S, jwks-max-age"
  })
  void whatDoesNotFitTogetherIsNamed(Duration interval, Duration lead, Duration age, String key) {
    String sentence =
        assertThrows(InvalidSettingException.class, () -> new KeySettings(interval, lead, age))
            .getMessage();
    assertTrue(sentence.startsWith("gatewright.keys." + key + " is '"), sentence);
    assertTrue(sentence.endsWith("."), sentence);
  }

  @Test
  void shortestThatFitsIsAllowed() {
    Duration age = Duration.ofSeconds(1);
    Duration lead = age.plusMinutes(1);
    Duration interval = lead.plusSeconds(1);
    assertEquals(interval, new KeySettings(interval, lead, age).rotationInterval());
  }
}
