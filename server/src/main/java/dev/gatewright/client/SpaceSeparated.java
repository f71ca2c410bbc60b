package dev.gatewright.client;

import io.micronaut.core.convert.ConversionContext;
import io.micronaut.data.model.runtime.convert.AttributeConverter;
import jakarta.inject.Singleton;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Stores a list of words that hold no space, separated by spaces. */
@Singleton
final class SpaceSeparated implements AttributeConverter<List<String>, String> {
  @Override
  public @Nullable String convertToPersistedValue(
      @Nullable List<String> words, ConversionContext context) {
    return words == null ? null : String.join(" ", words);
  }

  @Override
  public @Nullable List<String> convertToEntityValue(
      @Nullable String stored, ConversionContext context) {
    if (stored == null) {
      return null;
    }
    return stored.isEmpty() ? List.of() : List.of(stored.split(" "));
  }
}
