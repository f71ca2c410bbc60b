package dev.gatewright.e2e;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Callers of a server, on one thread: so many that each waits for its answer before it asks again,
 * or so many requests a second whether they are answered or not.
 */
final class Load implements AutoCloseable {
  /** More connections than that an overloaded server must not need. */
  private static final int MOST_CONNECTIONS = 4000;

  private static final int LARGEST_ANSWER = 4 * 1024 * 1024;

  /**
   * A request that is made again and again.
   *
   * @param share how many of a thousand are of this kind
   */
  record Call(String method, String path, String mediaType, String body, String auth, int share) {
    FullHttpRequest request(String host) {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      FullHttpRequest request =
          new DefaultFullHttpRequest(
              HttpVersion.HTTP_1_1,
              HttpMethod.valueOf(method),
              path,
              Unpooled.wrappedBuffer(bytes));
      request.headers().set(HttpHeaderNames.HOST, host);
      if (bytes.length > 0) {
        request
            .headers()
            .set(HttpHeaderNames.CONTENT_TYPE, mediaType)
            .setInt(HttpHeaderNames.CONTENT_LENGTH, bytes.length);
      }
      if (!auth.isEmpty()) {
        request.headers().set(HttpHeaderNames.AUTHORIZATION, auth);
      }
      return request;
    }
  }

  private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final Bootstrap bootstrap = new Bootstrap();
  private final String host;
  private final List<Call> order;
  private final Deque<Caller> idle = new ArrayDeque<>();
  private final Set<Caller> all = new HashSet<>();

  private Tally tally = new Tally();
  private int next;
  private boolean again;
  private double owed;

  /**
   * Callers of a server.
   *
   * @param calls their shares are a thousand together
   */
  Load(URI server, List<Call> calls) {
    this.host = server.getAuthority();
    this.order = Mix.of(calls);
    bootstrap
        .group(loop)
        .channel(NioSocketChannel.class)
        .remoteAddress(new InetSocketAddress(server.getHost(), server.getPort()))
        .handler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel channel) {
                channel
                    .pipeline()
                    .addLast(new HttpClientCodec())
                    .addLast(new HttpObjectAggregator(LARGEST_ANSWER))
                    .addLast(new Caller(channel));
              }
            });
  }

  /** Callers that ask again as soon as they are answered. */
  Tally closed(int callers, Duration time) throws InterruptedException {
    loop.execute(() -> {
      tally = new Tally();
      again = true;
      for (int i = 0; i < callers; i++) {
        ask();
      }
    });
    return after(time, () -> again = false);
  }

  /** Requests that come at this rate, whatever becomes of those before. */
  Tally open(double perSecond, Duration time) throws InterruptedException {
    loop.execute(() -> {
      tally = new Tally();
      owed = 0;
    });
    Future<?> arrivals =
        loop.scheduleAtFixedRate(
            () -> {
              for (owed += perSecond / 1000; owed >= 1; owed--) {
                ask();
              }
            },
            0,
            1,
            TimeUnit.MILLISECONDS);
    return after(time, () -> arrivals.cancel(false));
  }

  /** What was answered in that time; what is on its way then is waited for, and not counted. */
  private Tally after(Duration time, Runnable end) throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(time.toNanos());
    Tally result =
        loop.submit(
                () -> {
                  end.run();
                  Tally of = tally;
                  of.end();
                  tally = new Tally();
                  return of;
                })
            .await()
            .getNow();
    for (int i = 0; i < 100 && busy() > 0; i++) {
      Thread.sleep(50);
    }
    return result;
  }

  private int busy() throws InterruptedException {
    return loop.submit(() -> all.size() - idle.size()).await().getNow();
  }

  private void ask() {
    Call call = order.get(next++ % order.size());
    @Nullable Caller caller = idle.poll();
    if (caller != null) {
      caller.ask(call);
    } else if (all.size() >= MOST_CONNECTIONS) {
      tally.unsent++;
    } else {
      bootstrap
          .connect()
          .addListener(connected -> {
            if (connected.isSuccess()) {
              ((io.netty.channel.ChannelFuture) connected)
                  .channel()
                  .pipeline()
                  .get(Caller.class)
                  .ask(call);
            } else {
              tally.failed("no connection: " + connected.cause());
            }
          });
    }
  }

  @Override
  public void close() {
    var _ = loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }

  /** One connection. */
  private final class Caller extends SimpleChannelInboundHandler<FullHttpResponse> {
    private final Channel channel;
    private @Nullable Call asked;
    private long since;

    Caller(Channel channel) {
      this.channel = channel;
      all.add(this);
    }

    void ask(Call call) {
      asked = call;
      since = System.nanoTime();
      var _ = channel.writeAndFlush(call.request(host));
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpResponse answer) {
      @Nullable Call call = asked;
      asked = null;
      if (call != null) {
        tally.answered(call, answer, System.nanoTime() - since);
      }
      boolean ends = "close".equalsIgnoreCase(answer.headers().get(HttpHeaderNames.CONNECTION));
      if (ends) {
        all.remove(this);
        var _ = context.close();
      } else {
        idle.push(this);
      }
      if (again) {
        Load.this.ask();
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      idle.remove(this);
      all.remove(this);
      if (asked != null) {
        tally.failed("closed without an answer to " + asked.path());
        asked = null;
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      var _ = context.close();
    }
  }
}
