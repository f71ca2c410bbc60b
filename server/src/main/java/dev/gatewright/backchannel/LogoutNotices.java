package dev.gatewright.backchannel;

import dev.gatewright.client.Client;
import dev.gatewright.crypto.Ids;
import dev.gatewright.database.Transactions;
import dev.gatewright.settings.LogoutSettings;
import dev.gatewright.settings.SessionSettings;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Notices to clients that a browser session has ended (OpenID Connect Back-Channel Logout). Every
 * method is part of the caller's transaction: a session that ends and what its clients are told
 * commit together, and delivery begins right after the commit.
 *
 * <p>A session that ends by time, idle or old, is told to nobody: then nobody has logged out.
 */
@Singleton
public class LogoutNotices {
  private final SessionClientRepository clients;
  private final Deliveries deliveries;
  private final Transactions transactions;
  private final SessionSettings sessions;
  private final LogoutSettings settings;
  private final Clock clock;

  public LogoutNotices(
      SessionClientRepository clients,
      Deliveries deliveries,
      Transactions transactions,
      SessionSettings sessions,
      LogoutSettings settings,
      Clock clock) {
    this.clients = clients;
    this.deliveries = deliveries;
    this.transactions = transactions;
    this.sessions = sessions;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * Remembers that a client gets an ID token in a session (Back-Channel Logout §2.3), if it wants
   * to be told of the session's end.
   *
   * @param subject the {@code sub} of that ID token
   */
  public void remember(UUID sid, UUID userId, Client client, String subject) {
    if (client.options().backchannelLogoutUri() == null) {
      return;
    }
    Instant now = clock.instant();
    Instant end = now.plus(sessions.lifetime());
    transactions.run(() -> {
      clients.add(Ids.next(), sid, client.clientId(), userId, subject, now, end);
    });
  }

  /** A session ends: tells its clients. */
  public void enqueue(UUID sid) {
    transactions.run(() -> {
      Instant now = clock.instant();
      if (clients.enqueue(sid, now, now.plus(settings.giveUpAfter())) > 0) {
        transactions.afterCommit(() -> deliveries.startOf(sid));
      }
    });
  }

  /** All sessions of a user end. */
  public void enqueueAllOf(UUID userId) {
    enqueueOthersOf(userId, null);
  }

  /** All sessions of a user end but one. */
  public void enqueueOthersOf(UUID userId, @Nullable UUID keepSid) {
    transactions.run(() -> {
      Instant now = clock.instant();
      Instant giveUpAt = now.plus(settings.giveUpAfter());
      long due =
          keepSid == null
              ? clients.enqueueByUser(userId, now, giveUpAt)
              : clients.enqueueByUserExcept(userId, keepSid, now, giveUpAt);
      if (due > 0) {
        transactions.afterCommit(deliveries::start);
      }
    });
  }

  /**
   * Waits, outside any transaction, until every client of a session that has just ended was tried
   * once, or for {@code gatewright.logout.patience}: the browser goes back to a client that knows
   * already (RP-Initiated Logout §3).
   */
  public void await(UUID sid) {
    deliveries.await(sid, settings.patience());
  }
}
