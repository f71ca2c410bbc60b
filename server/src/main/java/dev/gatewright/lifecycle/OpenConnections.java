package dev.gatewright.lifecycle;

import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.netty.channel.ChannelPipelineCustomizer;
import io.micronaut.http.server.netty.NettyServerCustomizer;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/**
 * The connections of this node, to be let go of when it leaves: each is closed behind its next
 * answer, which says so ({@code Connection: close}, RFC 9112 §9.6). So whoever keeps connections
 * open has none left that could be closed just as a request is on its way.
 */
@Singleton
final class OpenConnections implements BeanCreatedEventListener<NettyServerCustomizer.Registry> {
  private static final String LAST_ANSWER = "last-answer";

  private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private volatile boolean lettingGo;

  @Override
  public NettyServerCustomizer.Registry onCreated(
      BeanCreatedEvent<NettyServerCustomizer.Registry> event) {
    NettyServerCustomizer.Registry registry = event.getBean();
    registry.register(new Customizer(null));
    return registry;
  }

  /** From now on every connection is closed behind its next answer. */
  void letGo() {
    lettingGo = true;
    channels.forEach(channel -> channel.eventLoop().execute(() -> letGo(channel)));
  }

  private static void letGo(Channel channel) {
    ChannelPipeline pipeline = channel.pipeline();
    String codec = ChannelPipelineCustomizer.HANDLER_HTTP_SERVER_CODEC;
    if (pipeline.get(codec) != null && pipeline.get(LAST_ANSWER) == null) {
      pipeline.addAfter(codec, LAST_ANSWER, new LastAnswer());
    }
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
      return new Customizer(role == ChannelRole.CONNECTION ? specialized : null);
    }

    @Override
    public void onStreamPipelineBuilt() {
      if (channel != null) {
        channels.add(channel);
        if (lettingGo) {
          letGo(channel);
        }
      }
    }
  }
}
