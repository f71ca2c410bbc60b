package dev.gatewright.user;

import io.micronaut.core.convert.ConversionContext;
import io.micronaut.data.model.runtime.convert.AttributeConverter;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** A role to and from its column. */
@Singleton
final class RoleConverter implements AttributeConverter<Role, String> {
  @Override
  public @Nullable String convertToPersistedValue(@Nullable Role role, ConversionContext context) {
    return role == null ? null : role.value();
  }

  @Override
  public @Nullable Role convertToEntityValue(@Nullable String value, ConversionContext context) {
    return value == null ? null : Role.of(value);
  }
}
