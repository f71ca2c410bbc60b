package dev.gatewright.http;

import io.micronaut.core.type.Argument;
import io.micronaut.http.context.ServerRequestContext;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.serde.Decoder;
import io.micronaut.serde.Deserializer;
import io.micronaut.serde.exceptions.SerdeException;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A string of the contract is a string of JSON, of whole characters: a number or a truth value is
 * not turned into one, and half a surrogate pair, which has no encoding (RFC 8259 §8.2), is none.
 *
 * <p>A form comes to here as lists, of one value each ({@link FormHygiene} has refused
 * repetitions).
 */
@Singleton
final class StrictStrings implements Deserializer<String> {
  @Override
  public @Nullable String deserialize(
      Decoder decoder, DecoderContext context, Argument<? super String> type) throws IOException {
    JsonNode sent = decoder.decodeNode();
    boolean listed = sent.isArray() && sent.size() == 1 && isOfAForm();
    JsonNode value = listed ? sent.get(0) : sent;
    if (value == null || value.isNull()) {
      return null;
    }
    if (!value.isString()) {
      throw new SerdeException("must be a string");
    }
    String text = value.getStringValue();
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw new SerdeException("must be Unicode text");
    }
    return text;
  }

  private static boolean isOfAForm() {
    return ServerRequestContext.currentRequest().filter(FormHygiene::isForm).isPresent();
  }
}
