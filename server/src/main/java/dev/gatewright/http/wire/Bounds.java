package dev.gatewright.http.wire;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.gatewright.http.BusyAnswers;
import dev.gatewright.http.WorkLimit;
import dev.gatewright.settings.LoadSettings;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.http.server.netty.configuration.NettyHttpServerConfiguration;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.concurrent.EventExecutor;
import jakarta.inject.Singleton;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the connections of the server share: how much they may ask of it, and who counts it. */
@Singleton
final class Bounds {
  private static final int FILES_ELSEWHERE = 4096;
  private static final Pattern ENDPOINT = Pattern.compile("/(?:health|prometheus)(?![^/?])");

  private final LoadSettings settings;
  private final WorkLimit work;
  private final BusyAnswers answers;
  private final long longestBody;
  private final HeldMemory memory;
  private final Counter overMemory;
  private final Counter slowRequests;
  private final Counter slowReaders;
  private final ConnectionLimit connections;

  Bounds(
      LoadSettings settings,
      WorkLimit work,
      BusyAnswers answers,
      NettyHttpServerConfiguration server,
      MeterRegistry metrics) {
    this.settings = settings;
    this.work = work;
    this.answers = answers;
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

  /**
   * The answer to a request that is sent away; null when it is not, or not from here: who asks how
   * the server is, and pages of other origins, are answered further in.
   */
  @Nullable FullHttpResponse refusal(HttpRequest request, EventExecutor thread) {
    boolean waited = work.hasWaited(thread);
    if ((!waited && !work.isFull())
        || ENDPOINT.matcher(request.uri()).lookingAt()
        || request.headers().contains(HttpHeaderNames.ORIGIN)) {
      return null;
    }
    work.shed();
    return answers.to(request.uri());
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
