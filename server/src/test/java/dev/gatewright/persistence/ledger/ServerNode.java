package dev.gatewright.persistence.ledger;

import dev.gatewright.persistence.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A server at a fixed port, as a process of its own, with its links to the database. */
final class ServerNode implements AutoCloseable {
  private static final int ATTEMPTS = 5;

  private final List<Link> links;
  private final Map<String, Object> configuration;
  private final int port;
  private @Nullable ServerProcess server;

  ServerNode(List<Link> links, Map<String, Object> configuration) {
    this.links = links;
    this.port = Ports.next();
    this.configuration = new HashMap<>(configuration);
    this.configuration.put("micronaut.server.port", port);
    Runtime.getRuntime().addShutdownHook(new Thread(this::end));
  }

  String url() {
    return "http://localhost:" + port;
  }

  List<Link> links() {
    return links;
  }

  /**
   * Starts it and waits until it serves; again when it gives up, as one does that finds no
   * database.
   */
  void start() {
    for (int attempt = 1; ; attempt++) {
      try {
        server = ServerProcess.start(configuration);
        return;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (IllegalStateException e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  void kill() {
    Signals.kill(running());
  }

  void stop() {
    Signals.stop(running());
  }

  void resume() {
    Signals.resume(running());
  }

  private Process running() {
    if (server == null) {
      throw new IllegalStateException("It was not started");
    }
    return server.process();
  }

  private void end() {
    if (server != null) {
      server.close();
    }
  }

  @Override
  public void close() {
    end();
    links.forEach(Link::close);
  }
}
