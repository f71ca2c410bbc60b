package dev.gatewright.settings;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * The audit trail.
 *
 * @param retention how long its rows are kept
 */
@ConfigurationProperties("gatewright.audit")
public record AuditSettings(@Bindable(defaultValue = "365d") Duration retention) {
  public AuditSettings {
    if (retention.compareTo(Duration.ofDays(1)) < 0) {
      throw new InvalidSettingException(
          "gatewright.audit.retention", retention, "a duration of at least 1d, such as 365d");
    }
  }
}
