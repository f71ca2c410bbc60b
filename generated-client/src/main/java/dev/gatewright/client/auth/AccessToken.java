package dev.gatewright.client.auth;

import dev.gatewright.client.error.InsufficientScopeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a verified access token says (RFC 9068 §2.2).
 *
 * @param issuer who issued it, {@code iss}
 * @param subject the user's id, or the client's when no user is involved, {@code sub}
 * @param clientId the client it was issued to
 * @param audience the protected resources it is for, {@code aud}
 * @param scopes what it may do
 * @param issuedAt {@code iat}
 * @param expiresAt {@code exp}
 * @param id {@code jti}
 * @param claims every claim, those above included
 */
public record AccessToken(
    String issuer,
    String subject,
    String clientId,
    List<String> audience,
    Set<String> scopes,
    Instant issuedAt,
    Instant expiresAt,
    String id,
    Map<String, Object> claims) {

  /** Whether it carries every one of these scopes. */
  public boolean hasScopes(String... required) {
    return scopes.containsAll(List.of(required));
  }

  /**
   * Lets the token pass that carries every one of these scopes.
   *
   * @throws InsufficientScopeException if one is missing; answer 403 with its {@code
   *     bearerChallenge()}
   */
  public AccessToken requireScopes(String... required) {
    if (!hasScopes(required)) {
      throw new InsufficientScopeException(Scopes.copy(List.of(required)));
    }
    return this;
  }
}
