package dev.gatewright.http;

import io.micronaut.core.type.Argument;
import io.micronaut.serde.Decoder;
import io.micronaut.serde.Deserializer;
import io.micronaut.serde.exceptions.SerdeException;
import jakarta.inject.Singleton;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** As {@link StrictLongs}, of 32 bits. */
@Singleton
final class StrictIntegers implements Deserializer<Integer> {

  @Override
  public @Nullable Integer deserialize(
      Decoder decoder, DecoderContext context, Argument<? super Integer> type) throws IOException {
    @Nullable Long value = StrictLongs.read(decoder);
    if (value == null) {
      return null;
    }
    if (value.intValue() != value) {
      throw new SerdeException("is too large");
    }
    return value.intValue();
  }
}
