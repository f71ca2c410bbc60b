package dev.gatewright.client.error;

import org.jspecify.annotations.Nullable;

/**
 * Tokens could not be kept, or what was kept could not be read. It says so rather than behave as if
 * there were none: what is kept stays as it is.
 */
public final class TokenStoreException extends GatewrightException {

  private static final long serialVersionUID = 1L;

  /** What is wrong with the store. */
  public enum Reason {
    /**
     * What is kept is not whole, was changed, or was written with another key; which of them cannot
     * be told apart.
     */
    UNREADABLE,
    /** Others could read or replace what is kept, so it is not used. */
    NOT_PRIVATE,
    /** Another process or thread has held the store for too long. */
    BUSY,
    /** The store itself failed: the disk is full, the folder is not there. */
    FAILED
  }

  private final Reason reason;

  /**
   * Made by token stores.
   *
   * @param message what is wrong, and with which store; no secret
   * @param cause why, if its own message holds no secret either
   */
  public TokenStoreException(Reason reason, String message, @Nullable Throwable cause) {
    super(message, cause, Refusal.NONE);
    this.reason = reason;
  }

  /** What is wrong with the store. */
  public Reason reason() {
    return reason;
  }
}
