package dev.gatewright.http.wire;

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
 * Netty's own.
 */
@Singleton
final class StrictHttp implements BeanCreatedEventListener<NettyServerCustomizer.Registry> {
  private final NettyHttpServerConfiguration settings;

  StrictHttp(NettyHttpServerConfiguration settings) {
    this.settings = settings;
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
        pipeline.replace(codec, codec, new StrictServerCodec(decoderConfig()));
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
