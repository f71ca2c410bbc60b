package dev.gatewright.http;

import io.micronaut.core.type.Argument;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.serde.Decoder;
import io.micronaut.serde.Deserializer;
import io.micronaut.serde.exceptions.SerdeException;
import jakarta.inject.Singleton;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A truth value of the contract is {@code true} or {@code false} of JSON: whatever else there is,
 * it is not taken for false.
 */
@Singleton
final class StrictBooleans implements Deserializer<Boolean> {
  @Override
  public @Nullable Boolean deserialize(
      Decoder decoder, DecoderContext context, Argument<? super Boolean> type) throws IOException {
    JsonNode value = decoder.decodeNode();
    if (value.isNull()) {
      return null;
    }
    if (!value.isBoolean()) {
      throw new SerdeException("must be true or false");
    }
    return value.getBooleanValue();
  }
}
