package dev.gatewright.http;

import io.micronaut.core.type.Argument;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.serde.Decoder;
import io.micronaut.serde.Deserializer;
import io.micronaut.serde.exceptions.SerdeException;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** A whole number of the contract has no fraction that could be cut off, and is no string. */
@Singleton
final class StrictLongs implements Deserializer<Long> {
  /** Digits before the point that a long may have. */
  private static final int MOST_DIGITS = 19;

  @Override
  public @Nullable Long deserialize(
      Decoder decoder, DecoderContext context, Argument<? super Long> type) throws IOException {
    return read(decoder);
  }

  /** The next value, which may be written as {@code 1.0} or {@code 1e2}; null when it is null. */
  static @Nullable Long read(Decoder decoder) throws IOException {
    JsonNode value = decoder.decodeNode();
    if (value.isNull()) {
      return null;
    }
    if (!value.isNumber()) {
      throw new SerdeException("must be a whole number");
    }
    try {
      BigDecimal number = new BigDecimal(value.getNumberValue().toString());
      if ((long) number.precision() - number.scale() > MOST_DIGITS) {
        throw new SerdeException("is too large");
      }
      return number.longValueExact();
    } catch (ArithmeticException | NumberFormatException e) {
      throw new SerdeException("must be a whole number", e);
    }
  }
}
