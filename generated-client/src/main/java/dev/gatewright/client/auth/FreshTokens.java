package dev.gatewright.client.auth;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
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

  private final TokenStore store;
  private final Clock clock;
  private final Duration margin;
  private final UnaryOperator<@Nullable Tokens> renewal;
  private final SingleFlight<Tokens> renewals = new SingleFlight<>("token-renewal");
  private final ReentrantLock changes = new ReentrantLock();

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
  Tokens get() {
    return store.load().filter(this::isFresh).orElseGet(() -> renewals.join(this::renew));
  }

  /** Puts other tokens in place of those that there are. */
  void replace(Tokens tokens) {
    exclusively(
        () -> {
          store.save(tokens);
          return tokens;
        });
  }

  /** Does away with the tokens, if there are any; they stay when that fails. */
  void end(Consumer<Tokens> revocation) {
    exclusively(
        () -> {
          Optional<Tokens> ended = store.load();
          ended.ifPresent(revocation);
          store.clear();
          return ended;
        });
  }

  private Tokens renew() {
    return exclusively(
        () -> {
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
      if (e.error().equals("invalid_grant")) {
        store.clear(); // RFC 6749 §5.2: expired or revoked, and no use asking again.
      }
      throw e;
    } catch (TransportException | AuthorizationRequiredException e) {
      if (before != null && !before.isExpired(clock.instant())) {
        return before; // Too early to give up: it was renewed ahead of need.
      }
      throw e;
    }
  }

  private boolean isFresh(Tokens tokens) {
    return !tokens.isDueForRenewal(clock.instant(), margin);
  }
}
