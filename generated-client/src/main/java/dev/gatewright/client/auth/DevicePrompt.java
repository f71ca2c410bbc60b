package dev.gatewright.client.auth;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a device shows its user (RFC 8628 §3.3): where to go, on another machine, and what to type
 * there. {@code toString()} shows no code.
 */
public final class DevicePrompt {

  private final String userCode;
  private final URI verificationUri;
  private final @Nullable URI verificationUriComplete;
  private final Instant expiresAt;

  DevicePrompt(
      String userCode,
      URI verificationUri,
      @Nullable URI verificationUriComplete,
      Instant expiresAt) {
    this.userCode = userCode;
    this.verificationUri = verificationUri;
    this.verificationUriComplete = verificationUriComplete;
    this.expiresAt = expiresAt;
  }

  /** The code that the user types, or compares. */
  public String userCode() {
    return userCode;
  }

  /** The page where it is typed; short enough to be typed itself. */
  public URI verificationUri() {
    return verificationUri;
  }

  /** The same page with the code filled in, for a QR code or a link. Show the code all the same. */
  public Optional<URI> verificationUriComplete() {
    return Optional.ofNullable(verificationUriComplete);
  }

  /** Until when the user has time. */
  public Instant expiresAt() {
    return expiresAt;
  }

  @Override
  public String toString() {
    return "DevicePrompt[" + verificationUri + ", expiresAt=" + expiresAt + "]";
  }
}
