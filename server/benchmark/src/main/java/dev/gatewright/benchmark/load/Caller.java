package dev.gatewright.benchmark.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One connection and its conversation. */
final class Caller extends SimpleChannelInboundHandler<HttpObject> {
  private static final byte[] NOTHING = {};
  private static final int SHOWN = 160;

  private final Conversation conversation;
  private final Run run;

  private @Nullable Channel channel;
  private @Nullable HttpResponse head;
  private byte[] body = NOTHING;
  private boolean busy;
  private long started;

  Caller(Conversation conversation, Run run) {
    this.conversation = conversation;
    this.run = run;
  }

  Conversation conversation() {
    return conversation;
  }

  /**
   * Begins an act.
   *
   * @param since from when its latency counts, in nanoseconds: when it should have begun
   */
  void begin(long since) {
    started = since;
    busy = true;
    send();
  }

  /** Ends the connection, unless an act is under way. */
  void closeIfIdle() {
    if (!busy) {
      close();
    }
  }

  void close() {
    if (channel != null) {
      var _ = channel.close();
    }
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    channel = context.channel();
    run.idle(this);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (busy) {
      conversation.abandoned();
      run.failed("the connection was closed");
    }
    run.disconnected(this);
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, HttpObject part) {
    if (part instanceof HttpResponse response) {
      head = response;
      body = NOTHING;
    }
    if (part instanceof HttpContent content) {
      append(content.content());
    }
    if (part instanceof LastHttpContent && head != null) {
      answered(new Answer(head.status().code(), head.headers(), body));
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    var _ = context.close();
  }

  private void answered(Answer answer) {
    switch (conversation.answered(answer)) {
      case GO_ON -> send();
      case DONE -> {
        busy = false;
        run.completed(started);
        run.idle(this);
      }
      case FAILED -> {
        busy = false;
        run.failed(describe(answer));
        run.idle(this);
      }
    }
  }

  private void send() {
    Channel open = channel;
    if (open != null) {
      var _ =
          open.writeAndFlush(
              Unpooled.wrappedBuffer(conversation.next().bytes()), open.voidPromise());
    }
  }

  private void append(ByteBuf more) {
    int length = more.readableBytes();
    if (length > 0) {
      int before = body.length;
      body = Arrays.copyOf(body, before + length);
      more.readBytes(body, before, length);
    }
  }

  private static String describe(Answer answer) {
    byte[] shown = Arrays.copyOf(answer.bytes(), Math.min(SHOWN, answer.bytes().length));
    return answer.status()
        + " "
        + new String(shown, StandardCharsets.UTF_8).replaceAll("\\s+", " ");
  }
}
