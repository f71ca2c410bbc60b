package dev.gatewright.http.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection whose peer does not take its answer in time, however steadily it takes byte
 * after byte; and one that is to hold a large answer when slow readers hold too much already. Who
 * takes an answer at once costs nothing here.
 */
final class SlowReaders extends ChannelOutboundHandlerAdapter {
  /** Bytes; what is smaller waits by ones, for a connection has one answer at a time. */
  private static final int LARGE = 16 * 1024;

  private final Bounds bounds;

  /** Is done when all is sent that waited when it was made; null when nobody waits. */
  private @Nullable ChannelFuture marker;

  SlowReaders(Bounds bounds) {
    this.bounds = bounds;
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise)
      throws Exception {
    if (message instanceof ByteBuf bytes && bytes.readableBytes() > LARGE) {
      int held = bytes.readableBytes();
      if (!bounds.memory().take(held)) {
        bounds.overMemory();
        ReferenceCountUtil.release(message);
        promise.tryFailure(new TooMuchHeldException());
        var _ = context.close();
        return;
      }
      var _ =
          context
              .write(message, promise.unvoid())
              .addListener(written -> bounds.memory().giveBack(held));
      return;
    }
    super.write(context, message, promise);
  }

  @Override
  public void flush(ChannelHandlerContext context) throws Exception {
    super.flush(context);
    if (marker == null && isWaiting(context)) {
      mark(context);
    }
  }

  private static boolean isWaiting(ChannelHandlerContext context) {
    @Nullable ChannelOutboundBuffer buffer = context.channel().unsafe().outboundBuffer();
    return buffer != null && buffer.totalPendingWriteBytes() > 0;
  }

  private void mark(ChannelHandlerContext context) {
    ChannelFuture all = context.writeAndFlush(Unpooled.EMPTY_BUFFER);
    marker = all;
    var _ =
        context
            .executor()
            .schedule(
                () -> look(context, all),
                bounds.responseTimeout().toMillis(),
                TimeUnit.MILLISECONDS);
  }

  private void look(ChannelHandlerContext context, ChannelFuture all) {
    marker = null;
    if (!context.channel().isOpen()) {
      return;
    }
    if (!all.isDone()) {
      bounds.slowReader();
      var _ = context.close();
    } else if (isWaiting(context)) {
      mark(context);
    }
  }

  /** The connection is closed rather than given an answer. */
  private static final class TooMuchHeldException extends Exception {
    private static final long serialVersionUID = 1L;

    TooMuchHeldException() {
      super("Too much waits for slow readers", null, false, false);
    }
  }
}
