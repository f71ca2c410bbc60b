package dev.gatewright.client.error;

import java.io.Serializable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the HTTP answer behind an error says beside its body.
 *
 * @param status the HTTP status; 0 when there was no answer
 * @param requestId the server's id of the request, which its log and audit trail have too ({@code
 *     urn:uuid:…}), when it said one
 * @param retryAfter how long the server asks to wait before the next attempt (RFC 9110 §10.2.3)
 * @param challenge the {@code WWW-Authenticate} header (RFC 6750 §3), which names what the token
 *     lacks
 */
public record Refusal(
    int status,
    @Nullable String requestId,
    @Nullable Duration retryAfter,
    @Nullable String challenge)
    implements Serializable {

  /** Nothing was answered. */
  public static final Refusal NONE = new Refusal(0, null, null, null);

  /** An answer of which only the status is known. */
  public static Refusal ofStatus(int status) {
    return new Refusal(status, null, null, null);
  }
}
