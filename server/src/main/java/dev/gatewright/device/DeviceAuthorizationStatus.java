package dev.gatewright.device;

import io.micronaut.core.convert.ConversionContext;
import io.micronaut.data.model.runtime.convert.AttributeConverter;
import jakarta.inject.Singleton;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How far a device has come. */
public enum DeviceAuthorizationStatus {
  /** Its user has not decided. */
  PENDING,
  /** Its user allowed it; it has not fetched its tokens yet. */
  APPROVED,
  /** Its user refused. */
  DENIED,
  /** It has fetched its tokens. */
  REDEEMED;

  /** Stores the name in lower case. */
  @Singleton
  static final class Column implements AttributeConverter<DeviceAuthorizationStatus, String> {
    @Override
    public @Nullable String convertToPersistedValue(
        @Nullable DeviceAuthorizationStatus status, ConversionContext context) {
      return status == null ? null : status.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public @Nullable DeviceAuthorizationStatus convertToEntityValue(
        @Nullable String stored, ConversionContext context) {
      return stored == null ? null : valueOf(stored.toUpperCase(Locale.ROOT));
    }
  }
}
