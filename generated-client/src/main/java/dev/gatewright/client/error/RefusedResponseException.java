package dev.gatewright.client.error;

/** An answer that we refuse to act on, because it is not what it should be or not meant for us. */
public final class RefusedResponseException extends GatewrightException {

  private static final long serialVersionUID = 1L;

  private final Reason reason;

  /** With the reason, and what to tell whoever has to find out why. */
  public RefusedResponseException(Reason reason, String message) {
    super(message, null, Refusal.NONE);
    this.reason = reason;
  }

  /** Why it was refused. */
  public Reason reason() {
    return reason;
  }

  /** Why an answer is refused. */
  public enum Reason {
    /**
     * The redirect does not carry the {@code state} of our authorization request (RFC 6749 §10.12).
     */
    STATE,
    /**
     * The answer comes from another issuer than the one we asked (RFC 9207 §2.4, RFC 8414 §3.3).
     */
    ISSUER,
    /** The answer lacks something it must have, repeats a parameter, or cannot be read. */
    MALFORMED,
    /** The metadata names an endpoint that would be called without TLS. */
    INSECURE
  }
}
