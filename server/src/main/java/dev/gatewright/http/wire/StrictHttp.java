package dev.gatewright.http.wire;

import io.micronaut.context.BeanProvider;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.netty.channel.ChannelPipelineCustomizer;
import io.micronaut.http.server.netty.NettyServerCustomizer;
import io.micronaut.http.server.netty.configuration.NettyHttpServerConfiguration;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/**
 * Puts a {@link StrictServerCodec} into every HTTP/1.1 connection of the server, in the place of
 * Netty's own, and beside it what bounds what a connection may ask for.
 */
@Singleton
final class StrictHttp implements BeanCreatedEventListener<NettyServerCustomizer.Registry> {
  private final NettyHttpServerConfiguration settings;
  private final BeanProvider<Bounds> bounds;

  StrictHttp(NettyHttpServerConfiguration settings, BeanProvider<Bounds> bounds) {
    this.settings = settings;
    this.bounds = bounds;
  }

  @Override
  public NettyServerCustomizer.Registry onCreated(
      BeanCreatedEvent<NettyServerCustomizer.Registry> event) {
    NettyServerCustomizer.Registry registry = event.getBean();
    registry.register(new Customizer(null));
    return registry;
  }

  /**
   * Of the server, and then of each connection.
   *
   * @param channel the connection; null for the server
   */
  private final class Customizer implements NettyServerCustomizer {
    private final @Nullable Channel channel;

    Customizer(@Nullable Channel channel) {
      this.channel = channel;
    }

    @Override
    public NettyServerCustomizer specializeForChannel(Channel specialized, ChannelRole role) {
      if (role == ChannelRole.LISTENER) {
        specialized.pipeline().addFirst(bounds.get().connections());
      }
      return new Customizer(specialized);
    }

    @Override
    public void onInitialPipelineBuilt() {
      if (channel == null) {
        return;
      }
      ChannelPipeline pipeline = channel.pipeline();
      String codec = ChannelPipelineCustomizer.HANDLER_HTTP_SERVER_CODEC;
      if (pipeline.get(codec) instanceof HttpServerCodec) {
        StrictServerCodec strict = new StrictServerCodec(decoderConfig());
        pipeline.replace(codec, codec, strict);
        pipeline.addBefore(codec, null, new SlowReaders(bounds.get()));
        pipeline.addAfter(codec, null, new WholeRequests(strict, bounds.get()));
      }
    }
  }

  private HttpDecoderConfig decoderConfig() {
    return new HttpDecoderConfig()
        .setMaxInitialLineLength(settings.getMaxInitialLineLength())
        .setMaxHeaderSize(settings.getMaxHeaderSize())
        .setMaxChunkSize(settings.getMaxChunkSize())
        .setInitialBufferSize(settings.getInitialBufferSize());
  }
}
