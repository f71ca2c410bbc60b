package dev.gatewright.benchmark.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http.HttpResponseDecoder;
import java.net.SocketAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Some callers of one server during one stretch of time. All of it happens on one event loop. */
final class Run {
  private final Bootstrap bootstrap;
  private final SocketAddress server;
  private final Pace pace;
  private final Tally tally;
  private final Set<Caller> open = new HashSet<>();
  private final CompletableFuture<Tally> over = new CompletableFuture<>();

  Run(Bootstrap bootstrap, SocketAddress server, Pace pace, Tally tally) {
    this.bootstrap = bootstrap;
    this.server = server;
    this.pace = pace;
    this.tally = tally;
  }

  /** Completed when every connection has ended. */
  CompletableFuture<Tally> over() {
    return over;
  }

  void begin(List<? extends Conversation> conversations) {
    conversations.forEach(this::connect);
  }

  /** Closes what is idle at the end; the others close when they have been answered. */
  void end() {
    List.copyOf(open).forEach(Caller::closeIfIdle);
  }

  /** Gives up those that are not answered. */
  void abort() {
    List.copyOf(open).forEach(Caller::close);
  }

  void idle(Caller caller) {
    if (isOver() || !caller.conversation().hasNext()) {
      caller.close();
    } else {
      pace.idle(caller);
    }
  }

  void completed(long started) {
    long now = System.nanoTime();
    if (pace.counts(now)) {
      tally.done(now - started);
    }
  }

  void failed(String why) {
    if (pace.counts(System.nanoTime())) {
      tally.failed(why);
    }
  }

  void disconnected(Caller caller) {
    if (isOver() || !caller.conversation().hasNext()) {
      left(caller);
    } else {
      open.remove(caller);
      connect(caller.conversation());
    }
  }

  private void connect(Conversation conversation) {
    Caller caller = new Caller(conversation, this);
    open.add(caller);
    bootstrap
        .clone()
        .handler(
            new ChannelInitializer<>() {
              @Override
              protected void initChannel(Channel channel) {
                channel.pipeline().addLast(new HttpResponseDecoder(), caller);
              }
            })
        .connect(server)
        .addListener((ChannelFuture connecting) -> {
          if (!connecting.isSuccess()) {
            failed("no connection: " + connecting.cause().getMessage());
            left(caller);
          }
        });
  }

  private boolean isOver() {
    return pace.isOver(System.nanoTime());
  }

  private void left(Caller caller) {
    open.remove(caller);
    if (open.isEmpty()) {
      over.complete(tally);
    }
  }
}
