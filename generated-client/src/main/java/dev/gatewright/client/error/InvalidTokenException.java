package dev.gatewright.client.error;

/**
 * A token that must not be trusted, with the reason. The first check that fails decides; time is
 * checked last.
 */
public final class InvalidTokenException extends GatewrightException {

  private static final long serialVersionUID = 1L;

  private final Reason reason;

  /** With the reason, and what to tell whoever has to find out why. */
  public InvalidTokenException(Reason reason, String message) {
    super(message, null, Refusal.NONE);
    this.reason = reason;
  }

  /** The value of {@code WWW-Authenticate} for the answer of a resource server (RFC 6750 §3). */
  public String bearerChallenge() {
    return "Bearer error=\"invalid_token\"";
  }

  /** Why the token is refused. */
  public Reason reason() {
    return reason;
  }

  /** Why a token is refused. */
  public enum Reason {
    /** Not a JWT, or one that we cannot read. */
    MALFORMED,
    /** Unsigned, or signed by an algorithm that is not accepted (RFC 8725 §3.1). */
    ALGORITHM,
    /** The wrong kind of token, by its {@code typ} (RFC 8725 §3.11). */
    TYPE,
    /** The issuer has no such key. */
    KEY,
    /** The signature does not match: the token was tampered with. */
    SIGNATURE,
    /** A required claim is missing or cannot be read. */
    CLAIMS,
    /** Issued by someone else. */
    ISSUER,
    /** Meant for someone else. */
    AUDIENCE,
    /** Issued to another client, by {@code azp} (OpenID Connect Core §3.1.3.7). */
    AUTHORIZED_PARTY,
    /** Not about the login that we asked for (OpenID Connect Core §3.1.3.7). */
    NONCE,
    /** About another user than the one who logged in (OpenID Connect Core §12.2). */
    SUBJECT,
    /**
     * Not issued together with this access token, by {@code at_hash} (OpenID Connect Core
     * §3.1.3.8).
     */
    ACCESS_TOKEN_HASH,
    /** The login is older than {@code max_age} allows (OpenID Connect Core §3.1.2.1). */
    AUTHENTICATION_TIME,
    /** Genuine, but its time is over. */
    EXPIRED,
    /** Genuine, but its time has not come: see that the clocks agree. */
    NOT_YET_VALID
  }
}
