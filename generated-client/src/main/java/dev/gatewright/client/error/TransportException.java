package dev.gatewright.client.error;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * No usable answer: the server was not reached, did not answer in time, or something on the way (a
 * proxy, a load balancer) answered in its stead. The same call may succeed later.
 */
public final class TransportException extends GatewrightException {

  private static final long serialVersionUID = 1L;

  /** Without an answer. */
  public TransportException(String message, @Nullable Throwable cause) {
    super(message, cause, Refusal.NONE);
  }

  /** With an answer that is none of the server's. */
  public TransportException(String message, Refusal refusal) {
    super(message, null, refusal);
  }

  /** An answer whose status is not expected and whose body is not quoted. */
  public static TransportException unexpectedAnswer(String call, Refusal refusal) {
    return new TransportException(
        call + " was answered with status " + refusal.status() + " and no error that we know",
        refusal);
  }

  @Override
  public boolean isTemporary() {
    return true;
  }

  /** Names a call by method, host and path; a query may hold what should not be logged. */
  public static String call(String method, URI uri) {
    return method
        + " "
        + uri.getScheme()
        + "://"
        + uri.getHost()
        + (uri.getPort() < 0 ? "" : ":" + uri.getPort())
        + uri.getPath();
  }
}
