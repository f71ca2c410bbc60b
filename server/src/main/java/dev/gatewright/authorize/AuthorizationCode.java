package dev.gatewright.authorize;

import dev.gatewright.database.BinaryUuid;
import dev.gatewright.grant.IndividualClaims;
import dev.gatewright.oauth.Scopes;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An authorization code as stored; the code itself is not.
 *
 * @param codeHash its SHA-256
 * @param redirectUri where it was sent
 * @param redirectUriSent whether the authorization request named the redirect URI, so that the
 *     token request must too
 * @param codeChallenge the S256 challenge; null for a client that is excused from PKCE
 * @param userinfoClaims claims asked for one by one, to be told at userinfo; separated by spaces
 * @param idTokenClaims claims asked for one by one, to be told in the ID token; separated by spaces
 * @param grantId the grant that redeeming makes, and that a second redeeming revokes
 */
@MappedEntity("authorization_code")
public record AuthorizationCode(
    @Id byte[] codeHash,
    String clientId,
    @BinaryUuid UUID userId,
    @BinaryUuid UUID sessionId,
    String redirectUri,
    boolean redirectUriSent,
    @Nullable String codeChallenge,
    String scope,
    String resources,
    @Nullable String nonce,
    String amr,
    Instant authTime,
    String userinfoClaims,
    String idTokenClaims,
    @BinaryUuid UUID grantId,
    @Nullable Instant redeemedAt,
    Instant createdAt,
    Instant expiresAt) {

  public Scopes scopes() {
    return Scopes.parse(scope);
  }

  /** The claims asked for one by one. */
  public IndividualClaims claims() {
    return IndividualClaims.parse(userinfoClaims, idTokenClaims);
  }

  /** Identifiers of the protected resources asked for; empty when none was. */
  public List<String> resourceList() {
    return resources.isEmpty() ? List.of() : Arrays.asList(resources.split(" "));
  }
}
