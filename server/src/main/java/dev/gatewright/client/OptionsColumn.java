package dev.gatewright.client;

import io.micronaut.core.convert.ConversionContext;
import io.micronaut.data.model.runtime.convert.AttributeConverter;
import io.micronaut.json.JsonMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** Stores {@link ClientOptions} as JSON. */
@Singleton
final class OptionsColumn implements AttributeConverter<ClientOptions, String> {
  private final JsonMapper json;

  OptionsColumn(JsonMapper json) {
    this.json = json;
  }

  @Override
  public @Nullable String convertToPersistedValue(
      @Nullable ClientOptions options, ConversionContext context) {
    try {
      return options == null ? null : json.writeValueAsString(options);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public @Nullable ClientOptions convertToEntityValue(
      @Nullable String stored, ConversionContext context) {
    try {
      return stored == null ? null : json.readValue(stored, ClientOptions.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
