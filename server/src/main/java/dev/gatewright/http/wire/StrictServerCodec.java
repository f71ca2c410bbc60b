package dev.gatewright.http.wire;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.CombinedChannelDuplexHandler;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpStatusClass;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Netty's {@code HttpServerCodec}, which cannot be extended, around a {@link StrictRequestDecoder}.
 */
final class StrictServerCodec
    extends CombinedChannelDuplexHandler<StrictRequestDecoder, HttpResponseEncoder> {

  StrictServerCodec(HttpDecoderConfig config) {
    Queue<HttpMethod> methods = new ArrayDeque<>();
    init(new StrictRequestDecoder(config, methods), new Encoder(methods));
  }

  /** Whether a request has begun to come and has not ended. */
  boolean isWithinARequest() {
    return inboundHandler().isWithinARequest();
  }

  /** Whether there are bytes of a next request, which is not read before the last is answered. */
  boolean holdsBack() {
    return inboundHandler().holdsBack();
  }

  /** The last request is answered. */
  void answered() {
    inboundHandler().answered();
  }

  /** Reads what was held back. */
  void readOn(ChannelHandlerContext context) throws Exception {
    channelRead(context, Unpooled.EMPTY_BUFFER);
    channelReadComplete(context);
  }

  /** Knows which response answers a HEAD and so has a length but no body (RFC 9110 §9.3.2). */
  private static final class Encoder extends HttpResponseEncoder {
    private final Queue<HttpMethod> methods;

    Encoder(Queue<HttpMethod> methods) {
      this.methods = methods;
    }

    @Override
    protected boolean isContentAlwaysEmpty(HttpResponse response) {
      if (response.status().codeClass() == HttpStatusClass.INFORMATIONAL) {
        return super.isContentAlwaysEmpty(response);
      }
      return HttpMethod.HEAD.equals(methods.poll()) || super.isContentAlwaysEmpty(response);
    }
  }
}
