package dev.gatewright.client;

import io.micronaut.core.convert.ConversionContext;
import io.micronaut.data.model.runtime.convert.AttributeConverter;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The kind of application that a client is: {@code application_type} (OpenID Connect Dynamic
 * Registration §2).
 */
public enum ApplicationType {
  /** Runs on a web server or in a browser. */
  WEB("web"),
  /** Runs on the user's device: its loopback redirect URIs vary in port (RFC 8252 §7.3). */
  NATIVE("native");

  private final String value;

  ApplicationType(String value) {
    this.value = value;
  }

  /** The value on the wire and in the database. */
  public String value() {
    return value;
  }

  static Optional<ApplicationType> of(@Nullable String value) {
    return Stream.of(values()).filter(type -> type.value.equals(value)).findFirst();
  }

  /** Stores the wire value. */
  @Singleton
  static final class Column implements AttributeConverter<ApplicationType, String> {
    @Override
    public @Nullable String convertToPersistedValue(
        @Nullable ApplicationType type, ConversionContext context) {
      return type == null ? null : type.value;
    }

    @Override
    public @Nullable ApplicationType convertToEntityValue(
        @Nullable String stored, ConversionContext context) {
      return stored == null ? null : of(stored).orElseThrow();
    }
  }
}
