package dev.gatewright.client;

import dev.gatewright.oauth.Scopes;
import io.micronaut.core.convert.ConversionContext;
import io.micronaut.data.model.runtime.convert.AttributeConverter;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** Stores scopes as they are written in the parameter {@code scope}. */
@Singleton
final class ScopesColumn implements AttributeConverter<Scopes, String> {
  @Override
  public @Nullable String convertToPersistedValue(
      @Nullable Scopes scopes, ConversionContext context) {
    return scopes == null ? null : scopes.toString();
  }

  @Override
  public @Nullable Scopes convertToEntityValue(@Nullable String stored, ConversionContext context) {
    return stored == null ? null : Scopes.parse(stored);
  }
}
