package dev.gatewright.benchmark.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Drives servers over keep-alive connections, from one thread. That it is not what limits a
 * measurement is measured too: see {@code TrivialServer}.
 */
public final class LoadGenerator implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long TICK_MILLIS = 1;

  private final MultiThreadIoEventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final EventLoop loop = group.next();
  private final Bootstrap bootstrap =
      new Bootstrap()
          .group(loop)
          .channel(NioSocketChannel.class)
          .option(ChannelOption.TCP_NODELAY, true);

  /**
   * Closed loop: each connection begins its next act when the last one is over. Returns what was
   * completed in this time, or until no connection has another act.
   */
  public Tally drive(
      SocketAddress server, List<? extends Conversation> conversations, Duration time) {
    return await(closed(server, conversations, time), time);
  }

  /** As {@link #drive}, without waiting. */
  public CompletableFuture<Tally> closed(
      SocketAddress server, List<? extends Conversation> conversations, Duration time) {
    Pace pace = new Pace.Closed(System.nanoTime() + time.toNanos());
    return begin(new Run(bootstrap, server, pace, tally(time)), conversations, time);
  }

  /**
   * Open loop: so many acts per second begin, spread over the connections that are free. The
   * latency of one counts from when it should have begun.
   */
  public CompletableFuture<Tally> open(
      SocketAddress server, List<? extends Conversation> conversations, int rate, Duration time) {
    long now = System.nanoTime();
    Pace.Open pace = new Pace.Open(now, now + time.toNanos(), TimeUnit.SECONDS.toNanos(1) / rate);
    var ticks =
        loop.scheduleAtFixedRate(
            () -> pace.tick(System.nanoTime()), 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
    return begin(new Run(bootstrap, server, pace, tally(time)), conversations, time)
        .whenComplete((tally, failure) -> ticks.cancel(false));
  }

  /** Waits for a run that was begun to end. */
  public static Tally await(CompletableFuture<Tally> run, Duration time) {
    try {
      return run.get(time.plus(PATIENCE.multipliedBy(2)).toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("The load does not end", e);
    }
  }

  @Override
  public void close() {
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }

  private CompletableFuture<Tally> begin(
      Run run, List<? extends Conversation> conversations, Duration time) {
    loop.execute(() -> run.begin(conversations));
    var _ = loop.schedule(run::end, time.toMillis() + TICK_MILLIS, TimeUnit.MILLISECONDS);
    var _ = loop.schedule(run::abort, time.plus(PATIENCE).toMillis(), TimeUnit.MILLISECONDS);
    return run.over();
  }

  private static Tally tally(Duration time) {
    return new Tally(time.toNanos() / 1e9);
  }
}
