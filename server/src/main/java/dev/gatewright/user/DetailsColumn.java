package dev.gatewright.user;

import io.micronaut.core.convert.ConversionContext;
import io.micronaut.data.model.runtime.convert.AttributeConverter;
import io.micronaut.json.JsonMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Stores {@link ProfileDetails} as JSON. */
@Singleton
final class DetailsColumn implements AttributeConverter<ProfileDetails, String> {
  private final JsonMapper json;

  DetailsColumn(JsonMapper json) {
    this.json = json;
  }

  @Override
  public @Nullable String convertToPersistedValue(
      @Nullable ProfileDetails details, ConversionContext context) {
    try {
      return details == null ? null : json.writeValueAsString(details);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public @Nullable ProfileDetails convertToEntityValue(
      @Nullable String stored, ConversionContext context) {
    return stored == null ? null : read(stored);
  }

  ProfileDetails read(String stored) {
    try {
      return stored.equals("{}")
          ? ProfileDetails.NONE
          : Objects.requireNonNull(json.readValue(stored, ProfileDetails.class));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
