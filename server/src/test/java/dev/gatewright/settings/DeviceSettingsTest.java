package dev.gatewright.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What devices may be configured with, and the sentence that refuses the rest. */
class DeviceSettingsTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @ParameterizedTest
  @CsvSource({"PT30S, PT1S", "PT10M, PT5S", "PT1H, PT1M"})
  void lifetimesAndIntervalsWithinReasonAreTaken(Duration lifetime, Duration interval) {
    DeviceSettings settings = new DeviceSettings(lifetime, interval, 5, MINUTE, 50, MINUTE, 100);

    assertEquals(lifetime, settings.codeLifetime());
    assertEquals(interval, settings.interval());
  }

  @ParameterizedTest
  @CsvSource({
    "code-lifetime, PT29S, PT5S, 5, PT1M, 50, PT6S, 100",
    "code-lifetime, PT61M, PT5S, 5, PT1M, 50, PT6S, 100",
    "code-lifetime, PT10M0.5S, PT5S, 5, PT1M, 50, PT6S, 100",
    "interval, PT10M, PT0S, 5, PT1M, 50, PT6S, 100",
    "interval, PT10M, PT0.5S, 5, PT1M, 50, PT6S, 100",
    "interval, PT10M, PT61S, 5, PT1M, 50, PT6S, 100",
    "failures-per-user, PT10M, PT5S, 0, PT1M, 50, PT6S, 100",
    "refill-per-user, PT10M, PT5S, 5, PT0S, 50, PT6S, 100",
    "failures-per-address, PT10M, PT5S, 5, PT1M, -1, PT6S, 100",
    "refill-per-address, PT10M, PT5S, 5, PT1M, 50, PT-1S, 100",
    "tracked, PT10M, PT5S, 5, PT1M, 50, PT6S, 0"
  })
  void anythingElseIsRefusedByItsKey(
      String name,
      Duration lifetime,
      Duration interval,
      int byUser,
      Duration userRefill,
      int byAddress,
      Duration addressRefill,
      int tracked) {
    InvalidSettingException refusal =
        assertThrows(
            InvalidSettingException.class,
            () ->
                new DeviceSettings(
                    lifetime, interval, byUser, userRefill, byAddress, addressRefill, tracked));

    assertTrue(
        String.valueOf(refusal.getMessage()).startsWith("gatewright.device." + name + " is '"),
        refusal.getMessage());
  }
}
