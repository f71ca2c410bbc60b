package dev.gatewright.grant;

import dev.gatewright.database.Transactions;
import dev.gatewright.oauth.Scopes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

/** What users have allowed clients. */
@Singleton
public class Consents {
  private static final int ATTEMPTS = 50;

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

  /**
   * Adds to what the user has allowed the client. Not for use within a transaction: whoever is
   * overtaken reads again.
   */
  public void allow(UUID userId, String clientId, Scopes scopes) {
    boolean written = false;
    for (int attempt = 0; attempt < ATTEMPTS && !written; attempt++) {
      written = transactions.run(() -> add(userId, clientId, scopes));
    }
    if (!written) {
      throw new IllegalStateException("The consent of user " + userId + " changes all the time");
    }
  }

  private boolean add(UUID userId, String clientId, Scopes scopes) {
    Optional<String> before = repository.findScope(userId, clientId);
    if (before.isEmpty()) {
      return repository.add(userId, clientId, scopes.toString(), clock.instant()) == 1;
    }
    Scopes allowed = Scopes.parse(before.get());
    if (allowed.containsAll(scopes)) {
      return true;
    }
    String all = allowed.plus(scopes).toString();
    return repository.replace(userId, clientId, before.get(), all, clock.instant()) == 1;
  }
}
