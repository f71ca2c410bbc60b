package dev.gatewright.benchmark.load;

import io.netty.handler.codec.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What came back to a {@link Request}. */
public record Answer(int status, HttpHeaders headers, byte[] bytes) {

  /** The body as text. */
  public String body() {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Whether the body has this text in it. */
  public boolean contains(String text) {
    return body().contains(text);
  }

  /** The first value of a header; null where there is none. */
  public @Nullable String header(String name) {
    return headers.get(name);
  }

  /** Every value of a header. */
  public List<String> all(String name) {
    return headers.getAll(name);
  }

  /**
   * A member of the JSON object in the body whose value is text without escapes, as tokens are;
   * null where there is none.
   */
  public @Nullable String text(String member) {
    String body = body();
    String opening = "\"" + member + "\":\"";
    int start = body.indexOf(opening);
    if (start < 0) {
      return null;
    }
    int end = body.indexOf('"', start + opening.length());
    return end < 0 ? null : body.substring(start + opening.length(), end);
  }
}
