package dev.gatewright.benchmark.ceiling;

import io.micronaut.runtime.Micronaut;

/** What the server is built with, doing one thing and nothing else. */
public final class CeilingServer {
  private CeilingServer() {}

  /** The entry point; the port is in {@code MICRONAUT_SERVER_PORT}. */
  public static void main(String[] arguments) throws ReflectiveOperationException {
    Provider.install();
    Micronaut.build(arguments)
        .mainClass(CeilingServer.class)
        .packages("dev.gatewright.benchmark.ceiling")
        .banner(false)
        .start();
  }
}
