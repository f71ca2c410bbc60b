package dev.gatewright;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.RuntimeBeanDefinition;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.TimeZone;

/**
 * A whole server of its own on a free port, with an empty database in memory, and Argon2id
 * parameters that spare the machine. The issuer is the URL that it is reached at.
 */
public final class TestServer implements AutoCloseable {
  static {
    // as Application does
    TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
  }

  private final String issuer;
  private final EmbeddedServer server;

  private TestServer(String issuer, EmbeddedServer server) {
    this.issuer = issuer;
    this.server = server;
  }

  /** Starts one with the usual configuration. */
  public static TestServer start() {
    return start(Map.of());
  }

  /** Starts one; the given configuration wins over the usual one. */
  public static TestServer start(Map<String, Object> configuration) {
    return start(configuration, new RuntimeBeanDefinition<?>[0]);
  }

  /** Starts one that takes the time from a clock. */
  public static TestServer start(Map<String, Object> configuration, Clock clock) {
    return start(
        configuration,
        RuntimeBeanDefinition.builder(Clock.class, () -> clock)
            .singleton(true)
            .replaces(Clock.class)
            .build());
  }

  private static TestServer start(
      Map<String, Object> configuration, RuntimeBeanDefinition<?>... beans) {
    int port = freePort();
    String issuer = "http://localhost:" + port;
    Map<String, Object> properties = new HashMap<>();
    properties.put("micronaut.server.port", port);
    properties.put("gatewright.issuer", issuer);
    properties.put("gatewright.master-key", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
    properties.put("gatewright.passwords.memory", 64);
    properties.put("gatewright.passwords.iterations", 1);
    properties.put("gatewright.shutdown.drain", "0s");
    properties.putAll(TestDatabase.inMemory());
    properties.putAll(configuration);
    ApplicationContext context =
        ApplicationContext.builder()
            .properties(properties)
            .environments("test")
            .beanDefinitions(beans)
            .start();
    return new TestServer(issuer, context.getBean(EmbeddedServer.class).start());
  }

  /** The public base URL. */
  public String issuer() {
    return issuer;
  }

  /** The URL of a path that starts with a slash. */
  public URI uri(String path) {
    return URI.create(issuer + path);
  }

  /** A bean of the server. */
  public <T> T bean(Class<T> type) {
    return server.getApplicationContext().getBean(type);
  }

  @Override
  public void close() {
    server.close();
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
