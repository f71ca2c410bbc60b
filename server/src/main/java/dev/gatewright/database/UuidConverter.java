package dev.gatewright.database;

import dev.gatewright.crypto.Ids;
import io.micronaut.core.convert.ConversionContext;
import io.micronaut.data.model.runtime.convert.AttributeConverter;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** UUID to and from its 16 bytes; see {@link BinaryUuid}. */
@Singleton
public final class UuidConverter implements AttributeConverter<UUID, byte[]> {
  @Override
  public byte @Nullable [] convertToPersistedValue(@Nullable UUID id, ConversionContext context) {
    return id == null ? null : Ids.bytes(id);
  }

  @Override
  public @Nullable UUID convertToEntityValue(byte @Nullable [] bytes, ConversionContext context) {
    return bytes == null ? null : Ids.uuid(bytes);
  }
}
