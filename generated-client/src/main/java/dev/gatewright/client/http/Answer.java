package dev.gatewright.client.http;

import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A successful answer with what stands around its body. {@code toString()} shows neither.
 *
 * @param status the HTTP status
 * @param headers every header
 * @param body the body; null where the operation answers none
 */
public record Answer<T extends @Nullable Object>(int status, HttpHeaders headers, T body) {

  /** The version of what was read, to be sent as {@code If-Match} (RFC 9110 §13.1.1). */
  public Optional<String> etag() {
    return headers.firstValue("ETag");
  }

  /** Where the answer sends the browser, or where what was created can be read. */
  public Optional<URI> location() {
    return headers.firstValue("Location").map(URI::create);
  }

  @Override
  public String toString() {
    return "Answer[" + status + "]";
  }
}
