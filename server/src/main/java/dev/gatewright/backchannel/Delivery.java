package dev.gatewright.backchannel;

import dev.gatewright.client.Client;
import dev.gatewright.client.Clients;
import dev.gatewright.database.Transactions;
import dev.gatewright.settings.LogoutSettings;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * One attempt to tell one client, which this node has claimed: a fresh logout token, and by its
 * answer the client has been told, will be tried again, or is given up.
 */
@Singleton
class Delivery {
  private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

  /** Beyond it the longest wait is reached, whatever is configured. */
  private static final int MOST_DOUBLINGS = 20;

  private final SessionClientRepository repository;
  private final Clients clients;
  private final LogoutTokens tokens;
  private final LogoutEndpoint endpoint;
  private final Transactions transactions;
  private final MeterRegistry metrics;
  private final LogoutSettings settings;
  private final Clock clock;

  Delivery(
      SessionClientRepository repository,
      Clients clients,
      LogoutTokens tokens,
      LogoutEndpoint endpoint,
      Transactions transactions,
      MeterRegistry metrics,
      LogoutSettings settings,
      Clock clock) {
    this.repository = repository;
    this.clients = clients;
    this.tokens = tokens;
    this.endpoint = endpoint;
    this.transactions = transactions;
    this.metrics = metrics;
    this.settings = settings;
    this.clock = clock;
  }

  void attempt(SessionClient claimed) {
    LogoutEndpoint.Answer answer = post(claimed);
    Instant next = clock.instant().plus(wait(claimed.attempts()));
    boolean postponed = answer.outcome() == Outcome.POSTPONED;
    boolean last = claimed.attempts() >= settings.attempts() || next.isAfter(claimed.expiresAt());
    UUID claim = Objects.requireNonNull(claimed.claim());
    transactions.run(() ->
        postponed && !last
            ? repository.postpone(claimed.id(), claim, next)
            : repository.delete(claimed.id(), claim));
    record(claimed, postponed && last ? Outcome.GIVEN_UP : answer.outcome(), answer.detail());
  }

  private LogoutEndpoint.Answer post(SessionClient claimed) {
    @Nullable Client client = clients.find(claimed.clientId()).orElse(null);
    @Nullable String uri = client == null ? null : client.options().backchannelLogoutUri();
    return client == null || uri == null
        ? new LogoutEndpoint.Answer(Outcome.DROPPED, "it has no backchannel_logout_uri any more")
        : endpoint.post(uri, tokens.make(client, claimed));
  }

  /** Twice as long each time, and by chance up to half less, so that not all come at once. */
  private Duration wait(int attempts) {
    long doubled = settings.firstRetry().toMillis() << Math.min(attempts - 1, MOST_DOUBLINGS);
    long wait = Math.min(doubled, settings.longestRetry().toMillis());
    return Duration.ofMillis(wait - ThreadLocalRandom.current().nextLong(wait / 2));
  }

  private void record(SessionClient claimed, Outcome outcome, String detail) {
    metrics.counter("gatewright.backchannel.logouts", "outcome", outcome.tag()).increment();
    Level level =
        switch (outcome) {
          case REFUSED, GIVEN_UP -> Level.WARN;
          case POSTPONED -> Level.INFO;
          case DELIVERED, DROPPED -> Level.DEBUG;
        };
    LOG.atLevel(level)
        .log(
            "Telling client {} of the end of session {}: {} at attempt {}, {}",
            claimed.clientId(),
            claimed.sid(),
            outcome.tag(),
            claimed.attempts(),
            detail);
  }
}
