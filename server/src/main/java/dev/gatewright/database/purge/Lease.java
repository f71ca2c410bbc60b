package dev.gatewright.database.purge;

import dev.gatewright.crypto.Ids;
import dev.gatewright.database.Transactions;
import dev.gatewright.settings.PurgeSettings;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Lets one node purge. Whoever holds the lease renews it, and whoever has watched it for its whole
 * length without seeing it renewed takes it. No time is written down, and each node measures by its
 * own monotonic one: so clocks may differ, those of nodes as those of database servers.
 *
 * <p>A node that was stopped for a while learns at its next renewal that another has taken over.
 * For one thread.
 */
@Singleton
class Lease {
  private static final String NAME = "purge";

  private final LeaseRepository leases;
  private final Transactions transactions;
  private final Duration length;
  private final UUID node = Ids.next();

  private @Nullable LeaseRow seen;
  private long seenAt;

  Lease(LeaseRepository leases, Transactions transactions, PurgeSettings settings) {
    this.leases = leases;
    this.transactions = transactions;
    this.length = settings.lease();
  }

  /** Renews or takes it where that is right; whether this node holds it now. */
  boolean hold() {
    Optional<LeaseRow> found = leases.findByName(NAME);
    if (found.isEmpty()) {
      return transactions.run(() -> leases.add(NAME, node)) == 1;
    }
    LeaseRow lease = found.get();
    if (!lease.equals(seen)) {
      seen = lease;
      seenAt = System.nanoTime();
    }
    boolean lapsed = System.nanoTime() - seenAt > length.toNanos();
    return (lapsed || lease.holder().equals(node))
        && transactions.run(() -> leases.renew(NAME, node, lease.renewals())) == 1;
  }
}
