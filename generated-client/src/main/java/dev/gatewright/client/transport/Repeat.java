package dev.gatewright.client.transport;

import java.net.http.HttpRequest;
import java.util.Set;

/** When a request may be sent again without doing twice what was asked for once. */
public enum Repeat {
  /**
   * It does the same however often it is done (RFC 9110 §9.2.2): after every failure of the
   * connection, and when the server is busy.
   */
  IDEMPOTENT,
  /**
   * It does something each time: only when it never left, or when the server said by {@code
   * Retry-After} that it did nothing yet and when to come back.
   */
  UNDONE,
  /** It works once (an authorization code): only when it never left. */
  UNSENT;

  private static final Set<String> IDEMPOTENT_METHODS =
      Set.of("GET", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE");

  /** By the method of a request. */
  public static Repeat of(HttpRequest request) {
    return of(request.method());
  }

  /** By a method. */
  static Repeat of(String method) {
    return IDEMPOTENT_METHODS.contains(method) ? IDEMPOTENT : UNDONE;
  }
}
