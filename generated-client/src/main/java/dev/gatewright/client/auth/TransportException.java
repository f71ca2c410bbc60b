package dev.gatewright.client.auth;

import java.net.URI;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * No usable answer: the server was not reached, did not answer in time, or something on the way (a
 * proxy, a load balancer) answered in its stead. The same call may succeed later.
 */
public final class TransportException extends GatewrightException {

  private static final long serialVersionUID = 1L;

  private final int status;

  TransportException(String message, @Nullable Throwable cause) {
    super(message, cause);
    this.status = 0;
  }

  private TransportException(String message, int status) {
    super(message, null);
    this.status = status;
  }

  static TransportException unexpectedAnswer(String call, int status) {
    return new TransportException(
        call + " was answered with status " + status + " and no error that we know", status);
  }

  /** The HTTP status of the unusable answer; empty when there was none. */
  public OptionalInt status() {
    return status == 0 ? OptionalInt.empty() : OptionalInt.of(status);
  }

  /** Names a call by method, host and path; a query may hold what should not be logged. */
  static String call(String method, URI uri) {
    return method
        + " "
        + uri.getScheme()
        + "://"
        + uri.getHost()
        + (uri.getPort() < 0 ? "" : ":" + uri.getPort())
        + uri.getPath();
  }
}
