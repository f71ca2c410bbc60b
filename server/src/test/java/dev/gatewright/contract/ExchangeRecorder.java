package dev.gatewright.contract;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Notes the exchanges of one connection, and lets everything pass. An exchange is complete before
 * the end of its response is written, so a caller who has read it can be sure that it is noted.
 */
final class ExchangeRecorder extends ChannelDuplexHandler {
  private static final int MOST_OF_A_REQUEST = 1 << 20; // more than any is read

  private final Queue<Asked> unanswered = new ArrayDeque<>();
  private @Nullable Asked beingRead;
  private @Nullable HttpResponse response;
  private final ByteArrayOutputStream answered = new ByteArrayOutputStream();

  private record Asked(HttpRequest head, ByteArrayOutputStream body) {}

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
    if (message instanceof HttpRequest request) {
      beingRead = new Asked(request, new ByteArrayOutputStream());
      unanswered.add(beingRead);
    }
    if (message instanceof HttpContent content
        && beingRead != null
        && beingRead.body.size() < MOST_OF_A_REQUEST) {
      copy(content.content(), beingRead.body);
    }
    super.channelRead(context, message);
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise)
      throws Exception {
    if (message instanceof HttpResponse head
        && head.status().codeClass() != HttpStatusClass.INFORMATIONAL) {
      response = head;
      answered.reset();
    }
    if (response != null) {
      if (message instanceof HttpContent content) {
        copy(content.content(), answered);
      }
      if (message instanceof LastHttpContent) {
        note(response);
        response = null;
      }
    }
    super.write(context, message, promise);
  }

  private void note(HttpResponse head) {
    @Nullable Asked asked = unanswered.poll();
    if (asked != null) {
      Exchanges.add(
          new Exchange(
              asked.head.decoderResult().isSuccess(),
              asked.head.method().name(),
              asked.head.uri(),
              asked.head.headers(),
              asked.body.toByteArray(),
              head.status().code(),
              head.headers(),
              answered.toByteArray()));
    }
  }

  private static void copy(ByteBuf from, ByteArrayOutputStream to) {
    try {
      from.getBytes(from.readerIndex(), to, from.readableBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
