package dev.gatewright;

import io.micronaut.runtime.Micronaut;

/** Starts the server. */
public final class Application {

  private Application() {}

  /** The entry point; {@code arguments} are Micronaut's, such as {@code -micronaut.server.port=9090}. */
  public static void main(String[] arguments) {
    Micronaut.run(Application.class, arguments);
  }
}
