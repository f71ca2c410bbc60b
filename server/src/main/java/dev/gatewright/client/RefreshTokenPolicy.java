package dev.gatewright.client;

import io.micronaut.core.convert.ConversionContext;
import io.micronaut.data.model.runtime.convert.AttributeConverter;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** When a client that may use {@code refresh_token} is given a refresh token. */
public enum RefreshTokenPolicy {
  /** Only when {@code offline_access} was granted (OpenID Connect Core §11). */
  OFFLINE_ACCESS("offline_access"),
  /** With everything that a user grants it. */
  ALWAYS("always");

  private final String value;

  RefreshTokenPolicy(String value) {
    this.value = value;
  }

  /** The value on the wire and in the database. */
  public String value() {
    return value;
  }

  static Optional<RefreshTokenPolicy> of(@Nullable String value) {
    return Stream.of(values()).filter(policy -> policy.value.equals(value)).findFirst();
  }

  /** Stores the wire value. */
  @Singleton
  static final class Column implements AttributeConverter<RefreshTokenPolicy, String> {
    @Override
    public @Nullable String convertToPersistedValue(
        @Nullable RefreshTokenPolicy policy, ConversionContext context) {
      return policy == null ? null : policy.value;
    }

    @Override
    public @Nullable RefreshTokenPolicy convertToEntityValue(
        @Nullable String stored, ConversionContext context) {
      return stored == null ? null : of(stored).orElseThrow();
    }
  }
}
