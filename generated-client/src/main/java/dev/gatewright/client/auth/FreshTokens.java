package dev.gatewright.client.auth;

import dev.gatewright.client.concurrent.SingleFlight;
import dev.gatewright.client.error.AuthorizationRequiredException;
import dev.gatewright.client.error.GatewrightException;
import dev.gatewright.client.error.OAuthErrorException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a store's tokens fresh. Whoever finds a token that will do takes no lock; the others wait
 * for one renewal together. Changes of the store (a renewal, a new login, a revocation) happen one
 * after the other, so that a renewal that is under way cannot bring back what was just revoked or
 * replaced.
 */
final class FreshTokens {

  /** How long a token that is still good is used after it could not be renewed ahead of need. */
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final TokenStore store;
  private final Clock clock;
  private final Duration margin;
  private final UnaryOperator<@Nullable Tokens> renewal;
  private final SingleFlight<Tokens> renewals = new SingleFlight<>("token-renewal");
  private final ReentrantLock changes = new ReentrantLock();
  private volatile Instant pausedUntil = Instant.MIN;

  /** The access token that the server called invalid: whatever its expiry says, it is of no use. */
  private volatile @Nullable String refused;

  /**
   * @param margin how long before its expiry a token is renewed
   * @param renewal asks for new tokens, given those that there are, if any
   */
  FreshTokens(
      TokenStore store, Clock clock, Duration margin, UnaryOperator<@Nullable Tokens> renewal) {
    this.store = store;
    this.clock = clock;
    this.margin = margin;
    this.renewal = renewal;
  }

  /** Tokens whose access token can be used now. */
  CompletableFuture<Tokens> get() {
    Optional<Tokens> fresh = store.load().filter(this::isFresh);
    return fresh
        .map(CompletableFuture::completedFuture)
        .orElseGet(() -> renewals.join(this::renew));
  }

  /** Tokens with another access token than the one that the server called invalid. */
  CompletableFuture<Tokens> insteadOf(String accessToken) {
    if (store.load().filter(now -> now.accessToken().equals(accessToken)).isPresent()) {
      refused = accessToken;
    }
    return get();
  }

  /** Puts other tokens in place of those that there are. */
  void replace(Tokens tokens) {
    exclusively(() -> {
      store.save(tokens);
      return tokens;
    });
  }

  /** Does away with the tokens, if there are any; they stay when that fails. */
  Optional<Tokens> end(Consumer<Tokens> revocation) {
    return exclusively(() -> {
      Optional<Tokens> ended = store.load();
      ended.ifPresent(revocation);
      store.clear();
      return ended;
    });
  }

  private Tokens renew() {
    return exclusively(() -> {
      // Looked at again: someone may have renewed them between our look and our turn.
      Optional<Tokens> before = store.load();
      return before.filter(this::isFresh).orElseGet(() -> renew(before.orElse(null)));
    });
  }

  private <T> T exclusively(Supplier<T> work) {
    changes.lock();
    try {
      return store.exclusively(work);
    } finally {
      changes.unlock();
    }
  }

  private Tokens renew(@Nullable Tokens before) {
    try {
      Tokens after = renewal.apply(before);
      store.save(after);
      return after;
    } catch (OAuthErrorException e) {
      if (before != null && e.error().equals("invalid_grant")) {
        store.clear(); // RFC 6749 §5.2: expired or revoked, and no use asking again.
        throw new AuthorizationRequiredException(
            "The refresh token has expired, was revoked or was used before; log in again", e);
      }
      return stillGood(before, e);
    } catch (GatewrightException e) {
      return stillGood(before, e);
    }
  }

  /** Too early to give up when the token was only renewed ahead of need. */
  private Tokens stillGood(@Nullable Tokens before, GatewrightException failure) {
    boolean harmless = failure.isTemporary() || failure instanceof AuthorizationRequiredException;
    if (before == null
        || !harmless
        || before.accessToken().equals(refused)
        || before.isExpired(clock.instant())) {
      throw failure;
    }
    pausedUntil = clock.instant().plus(PAUSE);
    return before;
  }

  private boolean isFresh(Tokens tokens) {
    Instant now = clock.instant();
    if (tokens.accessToken().equals(refused)) {
      return false;
    }
    return !tokens.isDueForRenewal(now, margin)
        || (now.isBefore(pausedUntil) && !tokens.isExpired(now));
  }
}
