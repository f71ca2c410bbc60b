package dev.gatewright.grant;

import dev.gatewright.oauth.Scopes;
import org.jspecify.annotations.Nullable;

/**
 * Tokens to hand out (RFC 6749 §5.1).
 *
 * @param expiresIn seconds until the access token expires
 * @param scope what the access token may do
 */
public record IssuedTokens(
    String accessToken,
    long expiresIn,
    @Nullable String refreshToken,
    @Nullable String idToken,
    Scopes scope) {

  /** Without the tokens. */
  @Override
  public String toString() {
    return "IssuedTokens[scope=" + scope + ", expiresIn=" + expiresIn + "]";
  }
}
