package dev.gatewright.http;

import io.micronaut.core.convert.ArgumentConversionContext;
import io.micronaut.core.convert.ConversionContext;
import io.micronaut.core.convert.ConversionError;
import io.micronaut.core.convert.ConversionService;
import io.micronaut.core.io.buffer.ByteBuffer;
import io.micronaut.core.io.buffer.ReferenceCounted;
import io.micronaut.core.type.Argument;
import io.micronaut.core.type.Headers;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.body.MessageBodyReader;
import io.micronaut.http.codec.CodecException;
import io.netty.handler.codec.http.QueryStringDecoder;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Binds forms that {@link FormHygiene} has let through; they are decoded once more, for the bytes
 * are all that a reader is given. The framework's own way is made for uploads and tells the end of
 * every form by an exception, which was a tenth of what a token costs.
 */
@Singleton
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
final class FormReader<T> implements MessageBodyReader<T> {
  private final ConversionService conversions;

  FormReader(ConversionService conversions) {
    this.conversions = conversions;
  }

  @Override
  public T read(
      Argument<T> type, @Nullable MediaType mediaType, Headers headers, ByteBuffer<?> body) {
    byte[] form = body.toByteArray();
    if (body instanceof ReferenceCounted counted) {
      counted.release();
    }
    return read(type, form);
  }

  @Override
  public T read(
      Argument<T> type, @Nullable MediaType mediaType, Headers headers, InputStream body) {
    try {
      return read(type, body.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private T read(Argument<T> type, byte[] form) {
    Map<String, List<String>> sent =
        new QueryStringDecoder(new String(form, StandardCharsets.UTF_8), false).parameters();
    Map<String, Object> values = LinkedHashMap.newLinkedHashMap(sent.size());
    sent.forEach((name, all) -> values.put(name, all.size() == 1 ? all.getFirst() : all));
    ArgumentConversionContext<T> conversion = ConversionContext.of(type);
    return conversions
        .convert(values, conversion)
        .orElseThrow(() ->
            new CodecException(
                "The form cannot be read",
                conversion.getLastError().map(ConversionError::getCause).orElse(null)));
  }
}
