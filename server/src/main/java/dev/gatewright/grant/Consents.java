package dev.gatewright.grant;

import dev.gatewright.database.Transactions;
import dev.gatewright.oauth.Scopes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.UUID;

/** What users have allowed clients. */
@Singleton
public class Consents {
  private final ConsentRepository repository;
  private final Transactions transactions;
  private final Clock clock;

  public Consents(ConsentRepository repository, Transactions transactions, Clock clock) {
    this.repository = repository;
    this.transactions = transactions;
    this.clock = clock;
  }

  /** What the user has allowed the client so far. */
  public Scopes of(UUID userId, String clientId) {
    return repository.findScope(userId, clientId).map(Scopes::parse).orElse(Scopes.NONE);
  }

  /** Adds to what the user has allowed the client. */
  public void allow(UUID userId, String clientId, Scopes scopes) {
    transactions.run(() -> {
      Scopes all = of(userId, clientId).plus(scopes);
      repository.put(userId, clientId, all.toString(), clock.instant());
    });
  }
}
