package dev.gatewright.outbound;

import dev.gatewright.outbound.OutboundException.Reason;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Waits for the one answer of a connection, and says why when there is none. */
final class AnswerReader extends SimpleChannelInboundHandler<FullHttpResponse> {
  private final CompletableFuture<Answer> answer;

  /**
   * @param answer what is completed, by an {@link OutboundException} when it fails
   */
  AnswerReader(CompletableFuture<Answer> answer) {
    this.answer = answer;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpResponse response) {
    if (!response.decoderResult().isSuccess()) {
      fail(context, response.decoderResult().cause());
    } else if (response.status().codeClass() != HttpStatusClass.INFORMATIONAL) {
      answer.complete(Answer.of(response));
      var _ = context.close();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof SslHandshakeCompletionEvent handshake && !handshake.isSuccess()) {
      fail(context, handshake.cause());
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    fail(context, cause);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    answer.completeExceptionally(
        new OutboundException(Reason.BAD_ANSWER, "the connection ended before the answer did"));
  }

  private void fail(ChannelHandlerContext context, @Nullable Throwable cause) {
    answer.completeExceptionally(failure(cause));
    var _ = context.close();
  }

  private static OutboundException failure(@Nullable Throwable fault) {
    for (@Nullable Throwable cause = fault; cause != null; cause = cause.getCause()) {
      if (cause instanceof TooLongFrameException) {
        return new OutboundException(Reason.TOO_LARGE, "the answer is too large");
      }
      if (cause instanceof SSLException) {
        return new OutboundException(Reason.UNTRUSTED, "TLS failed: " + cause.getMessage());
      }
    }
    return new OutboundException(Reason.BAD_ANSWER, "the answer cannot be read: " + fault);
  }
}
