package dev.gatewright.oauth;

/**
 * How long an access token may be registered to live, in seconds; an ID token lives as long as the
 * access token beside it. Signing keys are kept by it: no token outlives its key.
 */
public final class TokenLifetime {
  public static final int SHORTEST = 10;
  public static final int LONGEST = 86_400;

  private TokenLifetime() {}
}
