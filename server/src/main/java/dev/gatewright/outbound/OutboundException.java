package dev.gatewright.outbound;

/**
 * A fetch that failed. The message is for the log: it tells what is inside the network, which
 * whoever named the address may want to find out.
 */
public final class OutboundException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why. */
  public enum Reason {
    /** The URL is not one that this server asks: not https, or on an internal network. */
    REFUSED,
    /** The name has no address, or nobody answers there. */
    UNREACHABLE,
    /** TLS failed: the certificate is not trusted, or another host's. */
    UNTRUSTED,
    /** It took too long. */
    TIMED_OUT,
    /** The answer has another status or media type than it must, or breaks off. */
    BAD_ANSWER,
    /** The answer is too large. */
    TOO_LARGE,
    /** Too many others are fetching. */
    BUSY
  }

  private final Reason reason;

  OutboundException(Reason reason, String logged) {
    super(logged, null, false, false);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
