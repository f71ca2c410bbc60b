package dev.gatewright.grant;

import dev.gatewright.database.BinaryUuid;
import dev.gatewright.database.RowReader;
import dev.gatewright.oauth.Scopes;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a user granted a client: the head of a token family.
 *
 * @param sessionId the browser session in which it was given; null when it was given in none
 * @param outlivesSession whether it stays when the session ends ({@code offline_access})
 * @param scope the scopes, separated by spaces
 * @param resources identifiers of protected resources that were asked for by {@code resource},
 *     separated by spaces
 * @param authTime when the user authenticated
 * @param amr how, separated by spaces (RFC 8176)
 * @param userinfoClaims claims asked for one by one, to be told at userinfo; separated by spaces
 * @param idTokenClaims claims asked for one by one, to be told in ID tokens; separated by spaces
 * @param expiresAt when the last token that can name it has expired
 */
@MappedEntity("access_grant")
public record AccessGrant(
    @Id @BinaryUuid UUID id,
    @BinaryUuid UUID userId,
    String clientId,
    @Nullable @BinaryUuid UUID sessionId,
    boolean outlivesSession,
    String scope,
    String resources,
    Instant authTime,
    String amr,
    String userinfoClaims,
    String idTokenClaims,
    @Nullable Instant revokedAt,
    Instant createdAt,
    Instant expiresAt) {

  /** From its columns, in the order of the record's components. */
  static AccessGrant of(RowReader row) throws SQLException {
    return new AccessGrant(
        row.id(),
        row.id(),
        row.string(),
        row.idOrNull(),
        row.flag(),
        row.string(),
        row.string(),
        row.time(),
        row.string(),
        row.string(),
        row.string(),
        row.timeOrNull(),
        row.time(),
        row.time());
  }

  /** Neither revoked nor expired. */
  public boolean isLive(Instant now) {
    return revokedAt == null && expiresAt.isAfter(now);
  }

  public Scopes scopes() {
    return Scopes.parse(scope);
  }

  /** Identifiers of the protected resources asked for; empty when none was. */
  public List<String> resourceList() {
    return resources.isEmpty() ? List.of() : Arrays.asList(resources.split(" "));
  }

  /** The claims asked for one by one. */
  public IndividualClaims claims() {
    return IndividualClaims.parse(userinfoClaims, idTokenClaims);
  }

  public List<String> amrList() {
    return Arrays.asList(amr.split(" "));
  }
}
