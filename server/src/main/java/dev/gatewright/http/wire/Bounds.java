package dev.gatewright.http.wire;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.gatewright.http.WorkLimit;
import dev.gatewright.settings.LoadSettings;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.http.server.netty.configuration.NettyHttpServerConfiguration;
import jakarta.inject.Singleton;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/** What the connections of the server share: how much they may ask of it, and who counts it. */
@Singleton
final class Bounds {
  private static final int FILES_ELSEWHERE = 4096;

  private final LoadSettings settings;
  private final WorkLimit work;
  private final long longestBody;
  private final HeldMemory memory;
  private final Counter overMemory;
  private final Counter slowRequests;
  private final Counter slowReaders;
  private final ConnectionLimit connections;

  Bounds(
      LoadSettings settings,
      WorkLimit work,
      NettyHttpServerConfiguration server,
      MeterRegistry metrics) {
    this.settings = settings;
    this.work = work;
    this.longestBody = server.getMaxRequestSize();
    this.memory = new HeldMemory(settings.memory());
    this.overMemory = shed(metrics, "memory");
    this.slowRequests = shed(metrics, "slow_request");
    this.slowReaders = shed(metrics, "slow_reader");
    this.connections =
        new ConnectionLimit(settings.connections(openFiles()), shed(metrics, "connections"));
    metrics.gauge("gatewright.connections", connections, ConnectionLimit::open);
    metrics.gauge("gatewright.held.bytes", memory, HeldMemory::held);
  }

  private static Counter shed(MeterRegistry metrics, String reason) {
    return metrics.counter("gatewright.shed", "reason", reason);
  }

  /** How many files the process may open: each connection is one, to the database as well. */
  private static long openFiles() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
            && unix.getMaxFileDescriptorCount() > 0
        ? unix.getMaxFileDescriptorCount()
        : FILES_ELSEWHERE;
  }

  ConnectionLimit connections() {
    return connections;
  }

  HeldMemory memory() {
    return memory;
  }

  /** Bytes; what is longer is refused without being awaited. */
  long longestBody() {
    return longestBody;
  }

  Duration requestTimeout() {
    return settings.requestTimeout();
  }

  Duration responseTimeout() {
    return settings.responseTimeout();
  }

  /** Whether a request that came now would be sent away. */
  boolean isFull() {
    return work.isFull();
  }

  void overMemory() {
    overMemory.increment();
  }

  void slowRequest() {
    slowRequests.increment();
  }

  void slowReader() {
    slowReaders.increment();
  }
}
