package dev.gatewright.client.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatewright.client.error.OAuthErrorException;
import dev.gatewright.client.error.Refusal;
import dev.gatewright.client.error.RefusedResponseException;
import dev.gatewright.client.error.RefusedResponseException.Reason;
import dev.gatewright.client.transport.Form;
import java.net.URI;
import java.security.MessageDigest;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What came back to the redirect URI. */
final class AuthorizationResponse {

  private AuthorizationResponse() {}

  /**
   * The authorization code of a redirect, once it is certain that the redirect answers our request.
   *
   * @throws RefusedResponseException if it answers another request, or comes from another issuer
   * @throws OAuthErrorException if the authorization server refused, or the user did
   */
  static String code(URI redirect, AuthorizationRequest request, Provider provider) {
    Map<String, String> parameters = parameters(redirect);
    String state = parameters.get("state");
    if (state == null
        || !MessageDigest.isEqual(state.getBytes(UTF_8), request.state().getBytes(UTF_8))) {
      throw new RefusedResponseException(
          Reason.STATE, "The redirect does not answer this authorization request");
    }
    checkIssuer(parameters.get("iss"), provider);
    String error = parameters.get("error");
    if (error != null) {
      throw new OAuthErrorException(error, parameters.get("error_description"), Refusal.NONE);
    }
    String code = parameters.get("code");
    if (code == null) {
      throw new RefusedResponseException(
          Reason.MALFORMED, "The redirect carries neither a code nor an error");
    }
    return code;
  }

  /** RFC 9207 §2.4: against a redirect from another server that we talk to (mix-up). */
  private static void checkIssuer(@Nullable String issuer, Provider provider) {
    if (issuer == null) {
      if (provider.issuerInAuthorizationResponse()) {
        throw new RefusedResponseException(
            Reason.ISSUER, "The redirect does not say which issuer it comes from");
      }
    } else if (!issuer.equals(provider.issuer().toString())) {
      throw new RefusedResponseException(Reason.ISSUER, "The redirect comes from another issuer");
    }
  }

  private static Map<String, String> parameters(URI redirect) {
    try {
      return Form.parse(redirect.getRawQuery());
    } catch (IllegalArgumentException e) {
      throw new RefusedResponseException(
          Reason.MALFORMED, "The redirect cannot be read: " + e.getMessage());
    }
  }
}
