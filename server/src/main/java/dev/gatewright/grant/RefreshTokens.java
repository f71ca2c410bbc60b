package dev.gatewright.grant;

import dev.gatewright.client.Client;
import dev.gatewright.crypto.MasterKey;
import dev.gatewright.crypto.Secrets;
import dev.gatewright.settings.RefreshTokenSettings;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * Refresh tokens: of each only a hash is stored ({@link RefreshTokenForm}). The first of a family
 * is random; each other one is made of its predecessor by HMAC, so that the same token yields the
 * same successor although neither is kept (docs/decisions/refresh-token-rotation.md). All of it is
 * part of the caller's transaction.
 */
@Singleton
class RefreshTokens {
  private static final String HMAC = "HmacSHA256";

  private final RefreshTokenRepository repository;
  private final SecretKey key;
  private final Duration grace;
  private final Clock clock;

  RefreshTokens(
      RefreshTokenRepository repository,
      MasterKey masterKey,
      RefreshTokenSettings settings,
      Clock clock) {
    this.repository = repository;
    this.key = masterKey.derive(HMAC, "refresh-token");
    this.grace = settings.reuseGrace();
    this.clock = clock;
  }

  /** Writes the first token of a family, and returns it. */
  String first(Client client, UUID grantId, Instant familyEnd) {
    String token = RefreshTokenForm.token(clock.instant(), Secrets.bytes(32));
    save(token, client, grantId, familyEnd);
    return token;
  }

  /** Whether a redeemed token may still be answered by its successor. */
  boolean isInGrace(RefreshToken redeemed) {
    @Nullable Instant redeemedAt = redeemed.redeemedAt();
    return redeemedAt != null && redeemedAt.plus(grace).isAfter(clock.instant());
  }

  /**
   * Uses a token. Conditional writes decide: of many who redeem it, one does (OAuth 2.1 §4.3.1);
   * within the grace, the others get the same successor until that is redeemed.
   *
   * @param stored the token's row, as read before
   */
  Rotation use(String token, RefreshToken stored, Client client) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS); // as it is stored
    if (repository.redeem(stored.tokenHash(), now) == 1) {
      String successor = successor(token, now);
      save(successor, client, stored.grantId(), stored.expiresAt());
      return new Rotation(Rotation.Outcome.REDEEMED, successor);
    }
    Optional<RefreshToken> redeemed =
        repository.findByTokenHash(stored.tokenHash()).filter(row -> row.redeemedAt() != null);
    if (redeemed.isEmpty()) {
      return new Rotation(Rotation.Outcome.EXPIRED, null);
    }
    return redeemed
        .filter(this::isInGrace)
        .map(RefreshToken::redeemedAt)
        .map(redeemedAt -> successor(token, redeemedAt))
        .filter(successor -> repository.repeat(RefreshTokenForm.key(successor), now) == 1)
        .map(successor -> new Rotation(Rotation.Outcome.REPEATED, successor))
        .orElseGet(() -> new Rotation(Rotation.Outcome.REUSED, null));
  }

  /** Ends all tokens of a family. */
  void expireByGrant(UUID grantId) {
    repository.expireByGrant(grantId, clock.instant());
  }

  /** The family ends when its first token would have; each token of it sooner, if it idles. */
  private void save(String token, Client client, UUID grantId, Instant familyEnd) {
    Instant now = clock.instant();
    @Nullable Integer idle = client.refreshTokenIdleLifetime();
    repository.save(
        new RefreshToken(
            RefreshTokenForm.key(token),
            grantId,
            null,
            null,
            now,
            familyEnd,
            idle == null ? null : now.plusSeconds(idle)));
  }

  private String successor(String token, Instant redeemedAt) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(key);
      return RefreshTokenForm.token(
          redeemedAt, mac.doFinal(token.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java runtime has HMAC-SHA256", e);
    }
  }
}
