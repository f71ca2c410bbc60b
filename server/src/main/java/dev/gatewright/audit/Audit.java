package dev.gatewright.audit;

import dev.gatewright.database.Transactions;
import dev.gatewright.http.ClientAddresses;
import dev.gatewright.http.RequestId;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.context.ServerRequestContext;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;

/** Writes the audit trail: one insert for each act. */
@Singleton
public class Audit {
  private final AuditRepository repository;
  private final FloodLimit limit;
  private final ClientAddresses addresses;
  private final Transactions transactions;
  private final MeterRegistry metrics;
  private final Clock clock;

  Audit(
      AuditRepository repository,
      FloodLimit limit,
      ClientAddresses addresses,
      Transactions transactions,
      MeterRegistry metrics,
      Clock clock) {
    this.repository = repository;
    this.limit = limit;
    this.addresses = addresses;
    this.transactions = transactions;
    this.metrics = metrics;
    this.clock = clock;
  }

  /**
   * Records an act. To be called within the transaction of the act, so that there is never the one
   * without the other.
   */
  public void record(AuditEvent event) {
    Optional<HttpRequest<Object>> request = ServerRequestContext.currentRequest();
    Actor actor = event.actor() == null ? Actor.current() : event.actor();
    AuditRow row =
        AuditRow.of(
            event,
            actor,
            request.flatMap(addresses::literal).orElse(null),
            request.map(RequestId::of).orElse(null),
            clock.instant());
    transactions.run(() -> repository.save(row));
  }

  /**
   * Records the refusal of someone who has proven nothing, in a transaction of its own. All are
   * counted; of a flood only some leave a row ({@link FloodLimit}).
   */
  public void recordRefusal(AuditEvent event) {
    boolean recorded = ServerRequestContext.currentRequest().map(limit::take).orElse(true);
    if (recorded) {
      record(event);
    }
    metrics
        .counter(
            "gatewright.refusals",
            "act",
            event.act().value(),
            "recorded",
            Boolean.toString(recorded))
        .increment();
  }
}
