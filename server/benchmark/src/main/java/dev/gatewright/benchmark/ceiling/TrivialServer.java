package dev.gatewright.benchmark.ceiling;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.charset.StandardCharsets;

/**
 * Answers every request with the same 800 bytes, and looks at none: what the load can get out of a
 * server that costs next to nothing.
 */
public final class TrivialServer {
  private static final byte[] ANSWER = answer();

  private TrivialServer() {}

  /** The entry point; the port is in {@code MICRONAUT_SERVER_PORT}, as for the other servers. */
  public static void main(String[] arguments) throws InterruptedException {
    MultiThreadIoEventLoopGroup loop =
        new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    new ServerBootstrap()
        .group(loop)
        .channel(NioServerSocketChannel.class)
        .childHandler(
            new ChannelInitializer<>() {
              @Override
              protected void initChannel(Channel channel) {
                channel.pipeline().addLast(new HttpRequestDecoder(), new Answering());
              }
            })
        .bind("127.0.0.1", Integer.parseInt(System.getenv("MICRONAUT_SERVER_PORT")))
        .sync()
        .channel()
        .closeFuture()
        .sync();
  }

  private static byte[] answer() {
    String opening = "{\"access_token\":\"";
    String body = opening + "e".repeat(CeilingController.LENGTH - opening.length() - 2) + "\"}";
    return ("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: "
            + body.length()
            + "\r\n\r\n"
            + body)
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static final class Answering extends SimpleChannelInboundHandler<HttpObject> {
    private final ByteBuf answer =
        Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(ANSWER).asReadOnly());

    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpObject part) {
      if (part instanceof LastHttpContent) {
        var _ = context.writeAndFlush(answer.duplicate(), context.voidPromise());
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      var _ = context.close();
    }
  }
}
