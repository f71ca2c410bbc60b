package dev.gatewright.registration;

import dev.gatewright.audit.Act;
import dev.gatewright.audit.Audit;
import dev.gatewright.audit.AuditEvent;
import dev.gatewright.audit.Subject;
import dev.gatewright.crypto.Ids;
import dev.gatewright.crypto.Secrets;
import dev.gatewright.database.Transactions;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Initial access tokens (RFC 7591 §1.2): {@code gwi_} and 256 random bits, of which the database
 * has only the hash. Each lets so many clients register as it was made for.
 */
@Singleton
public class InitialAccessTokens {
  private static final UUID BEFORE_ALL = new UUID(0, 0);

  private final InitialAccessTokenRepository repository;
  private final Transactions transactions;
  private final Audit audit;
  private final Clock clock;

  public InitialAccessTokens(
      InitialAccessTokenRepository repository,
      Transactions transactions,
      Audit audit,
      Clock clock) {
    this.repository = repository;
    this.transactions = transactions;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * A token that was just made.
   *
   * @param token to be shown once
   */
  public record Made(InitialAccessToken stored, String token) {
    @Override
    public String toString() {
      return "Made[" + stored.id() + "]";
    }
  }

  /** Makes a token. */
  public Made make(String name, int uses, Duration life) {
    String token = Secrets.random("gwi_");
    Instant now = clock.instant();
    InitialAccessToken stored =
        new InitialAccessToken(Ids.next(), Secrets.sha256(token), name, uses, now, now.plus(life));
    transactions.run(() -> {
      repository.save(stored);
      audit.record(
          AuditEvent.success(Act.INITIAL_ACCESS_TOKEN_CREATED)
              .on(Subject.token(stored.id()))
              .with("uses", Integer.toString(uses)));
    });
    return new Made(stored, token);
  }

  /**
   * Takes one use, in the caller's transaction: one conditional write decides.
   *
   * @return whether there was one left
   */
  public boolean use(String token) {
    return repository.use(Secrets.sha256(token), clock.instant()) == 1;
  }

  /** One page of the tokens that can still be used, oldest first. */
  public List<InitialAccessToken> list(int limit, @Nullable UUID after) {
    return repository.listAfter(after == null ? BEFORE_ALL : after, clock.instant(), limit);
  }

  /** Ends a token; false when there is none of that id. */
  public boolean delete(UUID id) {
    return transactions.run(() -> {
      boolean deleted = repository.deleteById(id) == 1;
      if (deleted) {
        audit.record(AuditEvent.success(Act.INITIAL_ACCESS_TOKEN_DELETED).on(Subject.token(id)));
      }
      return deleted;
    });
  }
}
