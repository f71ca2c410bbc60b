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
 * A string of the contract is a string of JSON: a number or a truth value is not turned into one. A
 * form comes to here as lists, of one value each ({@link FormHygiene} has refused repetitions).
 */
@Singleton
final class StrictStrings implements Deserializer<String> {
  @Override
  public @Nullable String deserialize(
      Decoder decoder, DecoderContext context, Argument<? super String> type) throws IOException {
    JsonNode sent = decoder.decodeNode();
    JsonNode value = sent.isArray() && sent.size() == 1 ? sent.get(0) : sent;
    if (value == null || value.isNull()) {
      return null;
    }
    if (!value.isString()) {
      throw new SerdeException("must be a string");
    }
    return value.getStringValue();
  }
}
