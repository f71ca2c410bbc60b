package dev.gatewright.outbound;

import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An answer, whole: its status, what of its headers counts, and its body. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Answer(int status, String mediaType, boolean encoded, String cacheControl, byte[] body) {
  private static final int OK = 200;
  private static final Pattern MAX_AGE = Pattern.compile("(?:^|[, ])max-age *= *\"?([0-9]{1,9})");
  private static final Pattern UNCACHEABLE = Pattern.compile("(?:^|[, ])no-(?:store|cache)");

  static Answer of(FullHttpResponse response) {
    HttpHeaders headers = response.headers();
    String contentType = headers.get(HttpHeaderNames.CONTENT_TYPE, "");
    return new Answer(
        response.status().code(),
        contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT),
        !headers.get(HttpHeaderNames.CONTENT_ENCODING, "identity").equalsIgnoreCase("identity"),
        String.join(",", List.copyOf(headers.getAll(HttpHeaderNames.CACHE_CONTROL)))
            .toLowerCase(Locale.ROOT),
        ByteBufUtil.getBytes(response.content()));
  }

  /**
   * The document that it carries; any other status than 200 is refused, redirects among them.
   *
   * @param mediaTypes those that it may have, in lower case and without parameters
   */
  Document document(Set<String> mediaTypes) throws OutboundException {
    if (status != OK) {
      throw bad("its status is " + status);
    }
    if (!mediaTypes.contains(mediaType)) {
      throw bad("its media type is not one of " + String.join(", ", mediaTypes));
    }
    if (encoded) {
      throw bad("it is compressed, which was not asked for");
    }
    try {
      return new Document(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString(), maxAge());
    } catch (CharacterCodingException e) {
      throw bad("it is not UTF-8");
    }
  }

  private @Nullable Duration maxAge() {
    if (UNCACHEABLE.matcher(cacheControl).find()) {
      return Duration.ZERO;
    }
    Matcher maxAge = MAX_AGE.matcher(cacheControl);
    return maxAge.find() ? Duration.ofSeconds(Long.parseLong(maxAge.group(1))) : null;
  }

  private static OutboundException bad(String why) {
    return new OutboundException(OutboundException.Reason.BAD_ANSWER, "the answer is bad: " + why);
  }
}
