package dev.gatewright.grant;

import dev.gatewright.database.BinaryUuid;
import dev.gatewright.database.RowReader;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A refresh token as stored; the token itself is not.
 *
 * @param tokenHash its key, {@link RefreshTokenForm#key}
 * @param grantId its token family
 * @param redeemedAt when it was exchanged for its successor
 * @param repeatedAt when it was last handed out once more, for its predecessor's second use
 * @param expiresAt when its family ends
 * @param idleExpiresAt when it ends if it is not used; null: with its family
 */
@MappedEntity("refresh_token")
public record RefreshToken(
    @Id byte[] tokenHash,
    @BinaryUuid UUID grantId,
    @Nullable Instant redeemedAt,
    @Nullable Instant repeatedAt,
    Instant createdAt,
    Instant expiresAt,
    @Nullable Instant idleExpiresAt) {

  /** From its columns, in the order of the record's components. */
  static RefreshToken of(RowReader row) throws SQLException {
    return new RefreshToken(
        row.bytes(),
        row.id(),
        row.timeOrNull(),
        row.timeOrNull(),
        row.time(),
        row.time(),
        row.timeOrNull());
  }

  /** When it ends if it is not used. */
  public Instant endsAt() {
    return idleExpiresAt == null || idleExpiresAt.isAfter(expiresAt) ? expiresAt : idleExpiresAt;
  }

  /** Whether it can still be redeemed, as far as that is up to it alone. */
  public boolean isLive(Instant now) {
    return redeemedAt == null && endsAt().isAfter(now);
  }
}
