package dev.gatewright.lifecycle;

import dev.gatewright.settings.ShutdownSettings;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.context.event.ShutdownEvent;
import io.micronaut.core.order.Ordered;
import io.micronaut.runtime.event.annotation.EventListener;
import io.micronaut.runtime.graceful.GracefulShutdownManager;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a node leaves without anyone noticing, before anything of it is taken down: it says that it
 * is not ready, and goes on answering while the balancer finds out, each answer closing its
 * connection; then it stops listening, and waits for what it has begun.
 *
 * <p>The framework's own graceful shutdown is the second half, and stops listening at once; so it
 * is called from here, and {@code micronaut.lifecycle.graceful-shutdown} stays off.
 */
@Singleton
final class Departure implements ApplicationEventListener<ShutdownEvent>, Ordered {
  private static final Logger LOG = LoggerFactory.getLogger(Departure.class);

  private final ShutdownSettings settings;
  private final NodeReadiness readiness;
  private final OpenConnections connections;
  private final GracefulShutdownManager framework;
  private volatile boolean serving;

  Departure(
      ShutdownSettings settings,
      NodeReadiness readiness,
      OpenConnections connections,
      GracefulShutdownManager framework) {
    this.settings = settings;
    this.readiness = readiness;
    this.connections = connections;
    this.framework = framework;
  }

  @EventListener
  void onStartup(ServerStartupEvent started) {
    serving = true;
  }

  /** Returns when all that was to be answered is, or patience is at its end. */
  @Override
  public void onApplicationEvent(ShutdownEvent stopping) {
    if (serving) {
      try {
        drain();
        finish();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void drain() throws InterruptedException {
    Duration drain = settings.drain();
    readiness.leave();
    connections.letGo();
    if (drain.isPositive()) {
      LOG.info("Stopping: not ready any more, and answering for another {}", text(drain));
      Thread.sleep(drain);
    }
  }

  private void finish() throws InterruptedException {
    Duration grace = settings.grace();
    try {
      framework
          .shutdownGracefully()
          .toCompletableFuture()
          .get(grace.toMillis(), TimeUnit.MILLISECONDS);
      LOG.info("Stopped: every request that came is answered");
    } catch (TimeoutException e) {
      LOG.warn("Stopped: cutting off what was not answered within {}", text(grace));
    } catch (ExecutionException e) {
      LOG.warn("Stopped in disorder", e);
    }
  }

  private static String text(Duration duration) {
    return duration.toMillis() / 1000.0 + " s";
  }

  @Override
  public int getOrder() {
    return HIGHEST_PRECEDENCE;
  }
}
