package dev.gatewright.http.wire;

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
