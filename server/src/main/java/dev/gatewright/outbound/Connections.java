package dev.gatewright.outbound;

import dev.gatewright.outbound.OutboundException.Reason;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * TLS connections to an address that was checked: the name of the host is only shown (SNI) and
 * compared with the certificate, never looked up again. Each serves one exchange.
 */
@Singleton
final class Connections {
  /** Bytes of a body at most. */
  static final int LARGEST = 64 * 1024;

  private static final int LONGEST_LINE = 4096;
  private static final int LARGEST_HEADERS = 16 * 1024;

  private final Trust trust;
  private final EventLoopGroup eventLoop =
      new MultiThreadIoEventLoopGroup(
          1,
          Thread.ofPlatform().daemon().name("outbound-io-", 0).factory(),
          NioIoHandler.newFactory());

  Connections(Trust trust) {
    this.trust = trust;
  }

  /**
   * Connects.
   *
   * @param address where to; the only address that is connected to
   * @param host whose certificate is asked for, as in a URL
   * @param within how long it may take
   * @throws ConnectException when nobody answers there
   */
  Open open(InetAddress address, String host, int port, Duration within)
      throws ConnectException, InterruptedException {
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    ChannelFuture connecting =
        new Bootstrap()
            .group(eventLoop)
            .channel(NioSocketChannel.class)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.max(1, (int) within.toMillis()))
            .handler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channel
                        .pipeline()
                        .addLast(trust.tls().newHandler(channel.alloc(), host, port))
                        .addLast(new HttpClientCodec(LONGEST_LINE, LARGEST_HEADERS, LARGEST))
                        .addLast(new HttpObjectAggregator(LARGEST))
                        .addLast(new AnswerReader(answer));
                  }
                })
            .connect(new InetSocketAddress(address, port));
    Open open = new Open(connecting.channel(), answer);
    try {
      connecting.await();
    } catch (InterruptedException e) {
      open.close();
      throw e;
    }
    if (!connecting.isSuccess()) {
      open.close();
      throw new ConnectException(String.valueOf(connecting.cause().getMessage()));
    }
    return open;
  }

  @PreDestroy
  void close() {
    var _ = eventLoop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }

  /** A connection that is open. */
  record Open(Channel channel, CompletableFuture<Answer> answer) implements AutoCloseable {

    /**
     * Sends the one request and waits for its answer.
     *
     * @param left how long it may take, with TLS's handshake
     */
    Answer exchange(FullHttpRequest request, Duration left)
        throws OutboundException, InterruptedException {
      channel
          .writeAndFlush(request)
          .addListener(written -> {
            if (!written.isSuccess()) {
              channel.pipeline().fireExceptionCaught(written.cause());
            }
          });
      try {
        return answer.get(left.toNanos(), TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        throw new OutboundException(Reason.TIMED_OUT, "the answer took too long");
      } catch (ExecutionException e) {
        if (e.getCause() instanceof OutboundException failure) {
          throw failure;
        }
        throw new IllegalStateException("A connection failed", e.getCause());
      }
    }

    @Override
    public void close() {
      var _ = channel.close();
    }
  }
}
