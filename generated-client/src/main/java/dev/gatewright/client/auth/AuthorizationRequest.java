package dev.gatewright.client.auth;

import dev.gatewright.client.transport.Form;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An authorization request that was made and whose answer is awaited (RFC 6749 §4.1.1). A web
 * application keeps it in its own browser session until the redirect arrives. {@code toString()}
 * shows neither nonce nor code verifier.
 *
 * @param uri where to send the browser
 * @param state what the redirect must repeat
 * @param nonce what the ID token must repeat (OpenID Connect Core §3.1.2.1)
 * @param codeVerifier what the code can only be redeemed with (RFC 7636 §4.1)
 * @param redirectUri where the answer is sent
 * @param scopes the scopes asked for; empty for the client's default scopes
 * @param maxAge how long ago the user may have logged in at most, if that was asked for
 */
public record AuthorizationRequest(
    URI uri,
    String state,
    String nonce,
    String codeVerifier,
    URI redirectUri,
    Set<String> scopes,
    @Nullable Duration maxAge) {

  private static final SecureRandom RANDOM = new SecureRandom();

  /** What a caller may not set: either the session does, or nobody checks the answer to it. */
  private static final Set<String> RESERVED =
      Set.of(
          "response_type",
          "response_mode",
          "client_id",
          "redirect_uri",
          "scope",
          "resource",
          "state",
          "nonce",
          "code_challenge",
          "code_challenge_method",
          "request",
          "request_uri");

  public AuthorizationRequest {
    scopes = Scopes.copy(scopes);
  }

  static AuthorizationRequest create(
      Provider provider,
      SessionSettings settings,
      URI redirectUri,
      Map<String, String> parameters) {
    for (String name : parameters.keySet()) {
      if (RESERVED.contains(name)) {
        throw new IllegalArgumentException("The parameter " + name + " cannot be set here");
      }
    }
    String state = random();
    String nonce = random();
    String codeVerifier = random();
    Form query =
        new Form()
            .add("response_type", "code")
            .add("client_id", settings.client().clientId())
            .add("redirect_uri", redirectUri.toString())
            .add("scope", Scopes.format(settings.scopes()))
            .addEach("resource", settings.resources())
            .add("state", state)
            .add("nonce", nonce)
            .add("code_challenge", challenge(codeVerifier))
            .add("code_challenge_method", "S256");
    parameters.forEach(query::add);
    String maxAge = parameters.get("max_age");
    return new AuthorizationRequest(
        query.appendTo(provider.authorizationEndpoint()),
        state,
        nonce,
        codeVerifier,
        redirectUri,
        settings.scopes(),
        maxAge == null ? null : Duration.ofSeconds(Long.parseLong(maxAge)));
  }

  /**
   * 256 random bits, as 43 characters that need no encoding: a state, a nonce or a code verifier.
   */
  private static String random() {
    byte[] bytes = new byte[32];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** The code challenge by {@code S256} (RFC 7636 §4.2). */
  private static String challenge(String codeVerifier) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(codeVerifier.getBytes(StandardCharsets.US_ASCII));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return "AuthorizationRequest[redirectUri=" + redirectUri + ", scopes=" + scopes + "]";
  }
}
