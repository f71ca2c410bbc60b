package dev.gatewright.token;

import dev.gatewright.oauth.ErrorCode;
import dev.gatewright.oauth.OAuthException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a token request besides client authentication; one that was sent without a
 * value is null (RFC 6749 §3.2).
 *
 * @param resources identifiers of protected resources (RFC 8707 §2.2)
 */
record TokenParameters(
    @Nullable String code,
    @Nullable String redirectUri,
    @Nullable String codeVerifier,
    @Nullable String refreshToken,
    @Nullable String deviceCode,
    @Nullable String scope,
    List<String> resources) {

  /**
   * The value of a parameter that the grant type needs.
   *
   * @throws OAuthException {@code invalid_request} when it is missing
   */
  static String required(@Nullable String value, String name) {
    if (value == null) {
      throw new OAuthException(ErrorCode.INVALID_REQUEST, "The parameter " + name + " is missing");
    }
    return value;
  }

  /** Without the secrets. */
  @Override
  public String toString() {
    return "TokenParameters[scope=" + scope + ", resources=" + resources + "]";
  }
}
