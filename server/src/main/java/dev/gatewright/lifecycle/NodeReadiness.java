package dev.gatewright.lifecycle;

import io.micronaut.core.async.publisher.AsyncSingleResultPublisher;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import io.micronaut.management.health.indicator.annotation.Readiness;
import io.micronaut.scheduling.TaskExecutors;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.concurrent.ExecutorService;
import org.reactivestreams.Publisher;

/**
 * Whether this node is to be sent requests: its database takes what it writes, and it has not been
 * told to stop.
 */
@Singleton
@Readiness
final class NodeReadiness implements HealthIndicator {
  private static final String NAME = "node";

  private final DatabaseProbe database;
  private final ExecutorService blocking;
  private volatile boolean leaving;

  NodeReadiness(DatabaseProbe database, @Named(TaskExecutors.BLOCKING) ExecutorService blocking) {
    this.database = database;
    this.blocking = blocking;
  }

  /** From now on it is not, for good. */
  void leave() {
    leaving = true;
  }

  @Override
  public Publisher<HealthResult> getResult() {
    return new AsyncSingleResultPublisher<>(blocking, this::result);
  }

  private HealthResult result() {
    boolean ready = !leaving && database.takesWrites();
    return HealthResult.builder(NAME).status(ready ? HealthStatus.UP : HealthStatus.DOWN).build();
  }
}
