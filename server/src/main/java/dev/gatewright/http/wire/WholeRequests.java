package dev.gatewright.http.wire;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Passes on requests when they have arrived whole, and one at a time: the next is not even read out
 * of its bytes before the last is answered and the answer taken. So who sends slowly holds nothing
 * but what has come, for a bounded time, and who sends a thousand at once is served one by one.
 *
 * <p>What will be refused anyway is passed on at once, to be refused before its body is read: a
 * body that is too long, or whatever comes while the server is full. After an answer that came
 * before its request had ended the connection ends too.
 */
final class WholeRequests extends ChannelDuplexHandler {
  /** Bytes that are read and dropped, so that the caller sees the answer and not a reset. */
  private static final long MOST_DROPPED = 1024 * 1024;

  private static final long LINGER_MILLIS = 1000;
  private static final int FIRST_BYTES = 1024;

  private final StrictServerCodec codec;
  private final Bounds bounds;

  private State state = State.NONE;
  private @Nullable HttpRequest head;
  private @Nullable ByteBuf body;
  private int held;
  private long dropped;
  private boolean answeredEarly;
  private boolean readWanted;
  private @Nullable Future<?> deadline;

  WholeRequests(StrictServerCodec codec, Bounds bounds) {
    this.codec = codec;
    this.bounds = bounds;
  }

  private enum State {
    /** No request is here. */
    NONE,
    /** The head is here, and is kept until the body is. */
    HOLDING,
    /** The head was passed on, and the body is passed on as it comes. */
    PASSING,
    /** The request was passed on whole. */
    WHOLE,
    /** The last answer was given; what comes is dropped. */
    ENDING
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    switch (state) {
      case ENDING -> drop(message);
      case HOLDING -> hold(context, (HttpContent) message);
      case NONE -> {
        if (message instanceof HttpRequest request) {
          begin(context, request);
        } else {
          context.fireChannelRead(message);
        }
      }
      case PASSING, WHOLE -> {
        if (message instanceof LastHttpContent) {
          state = State.WHOLE;
        }
        context.fireChannelRead(message);
      }
    }
  }

  private void begin(ChannelHandlerContext context, HttpRequest request) {
    if (request instanceof LastHttpContent || request.decoderResult().isFailure()) {
      state = State.WHOLE;
      context.fireChannelRead(request);
      return;
    }
    boolean waits = HttpUtil.is100ContinueExpected(request);
    request.headers().remove(HttpHeaderNames.EXPECT);
    if (HttpUtil.getContentLength(request, 0L) > bounds.longestBody()
        || (waits && bounds.isFull())) {
      state = State.PASSING;
      context.fireChannelRead(request);
    } else {
      state = State.HOLDING;
      head = request;
      if (waits) {
        var _ =
            context.writeAndFlush(
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
      }
    }
  }

  private void hold(ChannelHandlerContext context, HttpContent content) {
    boolean last = content instanceof LastHttpContent;
    if (last && body == null) {
      if (sendAway(context, State.WHOLE)) {
        content.release();
      } else {
        passOn(context, State.WHOLE);
        context.fireChannelRead(content);
      }
      return;
    }
    int length = content.content().readableBytes();
    if (!bounds.memory().take(length)) {
      bounds.overMemory();
      content.release();
      state = State.ENDING;
      releaseHeld();
      var _ = context.close();
      return;
    }
    held += length;
    if (body == null) {
      body = context.alloc().buffer(FIRST_BYTES);
    }
    body.writeBytes(content.content()); // to keep the content would keep all that was read with it
    content.release();
    if ((last && !sendAway(context, State.WHOLE)) || held > bounds.longestBody()) {
      passOn(context, last ? State.WHOLE : State.PASSING);
    }
  }

  /**
   * Answers 503 to what is here, all of a request or the beginning of one, when the server is too
   * busy; else false.
   */
  private boolean sendAway(ChannelHandlerContext context, State next) {
    @Nullable FullHttpResponse refusal =
        head == null ? null : bounds.refusal(head, context.executor());
    if (head == null || refusal == null) {
      return false;
    }
    if (!HttpUtil.isKeepAlive(head)) {
      answeredEarly = true;
      HttpUtil.setKeepAlive(refusal, false);
    }
    head = null;
    releaseHeld();
    state = next;
    write(context, refusal, context.newPromise());
    context.flush();
    return true;
  }

  /** Passes on what is here, which is all of the request or will be refused before it is. */
  private void passOn(ChannelHandlerContext context, State next) {
    @Nullable HttpRequest request = head;
    @Nullable ByteBuf content = body;
    head = null;
    body = null;
    state = next;
    releaseHeld();
    if (request != null) {
      context.fireChannelRead(request);
    }
    if (content != null) {
      context.fireChannelRead(
          next == State.WHOLE
              ? new DefaultLastHttpContent(content)
              : new DefaultHttpContent(content));
    }
  }

  private void releaseHeld() {
    bounds.memory().giveBack(held);
    held = 0;
    if (body != null) {
      body.release();
      body = null;
    }
  }

  private void drop(Object message) {
    if (message instanceof HttpContent content) {
      dropped += content.content().readableBytes();
    }
    ReferenceCountUtil.release(message);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    if (state == State.HOLDING && bounds.isFull() && !sendAway(context, State.PASSING)) {
      passOn(context, State.PASSING);
    }
    boolean arriving = state == State.HOLDING || state == State.PASSING || codec.isWithinARequest();
    if (!arriving) {
      cancelDeadline();
    } else if (deadline == null) {
      deadline =
          context
              .executor()
              .schedule(
                  () -> {
                    bounds.slowRequest();
                    var _ = context.close();
                  },
                  bounds.requestTimeout().toMillis(),
                  TimeUnit.MILLISECONDS);
    }
    context.fireChannelReadComplete();
  }

  private void cancelDeadline() {
    if (deadline != null) {
      deadline.cancel(false);
      deadline = null;
    }
  }

  /** As long as a request waits here, no more are taken from the network. */
  @Override
  public void read(ChannelHandlerContext context) {
    if (codec.holdsBack()) {
      readWanted = true;
    } else if (dropped < MOST_DROPPED) {
      context.read();
    }
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (message instanceof HttpResponse response) {
      if (response.status().codeClass() == HttpStatusClass.INFORMATIONAL) {
        context.write(message, promise);
        return;
      }
      if (state != State.WHOLE) {
        answeredEarly = true;
        HttpUtil.setKeepAlive(response, false);
      }
    }
    if (!(message instanceof LastHttpContent)) {
      context.write(message, promise);
    } else if (answeredEarly) {
      state = State.ENDING;
      context.write(message, promise.unvoid()).addListener(sent -> end(context));
    } else {
      state = State.NONE;
      context.write(message, promise.unvoid()).addListener(sent -> next(context));
    }
  }

  /** The answer was taken; the next request may be read. */
  private void next(ChannelHandlerContext context) {
    if (!codec.holdsBack()) {
      codec.answered();
    } else {
      context.executor().execute(() -> readNext(context));
    }
  }

  private void readNext(ChannelHandlerContext context) {
    codec.answered();
    if (context.isRemoved() || !context.channel().isActive()) {
      return;
    }
    try {
      codec.readOn(context.pipeline().context(codec));
    } catch (Exception e) {
      context.fireExceptionCaught(e);
    }
    if (readWanted && !codec.holdsBack()) {
      readWanted = false;
      context.read();
    }
  }

  /** Closes, but not before the caller had time to see the answer. */
  private void end(ChannelHandlerContext context) {
    cancelDeadline();
    if (context.channel() instanceof DuplexChannel channel && channel.isActive()) {
      channel.shutdownOutput();
      var _ =
          context.executor().schedule(() -> channel.close(), LINGER_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    cancelDeadline();
    releaseHeld();
    head = null;
  }
}
