package dev.gatewright;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.env.Environment;
import java.util.HashMap;
import java.util.Map;

/** Application contexts for tests that need beans and a database, but no HTTP. */
public final class TestContext {
  private TestContext() {}

  /**
   * A context on a database of {@link TestDatabase#fresh()}, which several may share as nodes do.
   */
  public static ApplicationContext start(Map<String, Object> database) {
    return start(database, Map.of());
  }

  /** A context on a database, with more configuration. */
  public static ApplicationContext start(Map<String, Object> database, Map<String, Object> more) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("gatewright.issuer", "http://localhost:8080");
    properties.put("gatewright.master-key", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8");
    properties.put("gatewright.passwords.memory", 64);
    properties.put("gatewright.passwords.iterations", 1);
    properties.put("datasources.default.maximum-pool-size", 5);
    properties.putAll(database);
    properties.putAll(more);
    return ApplicationContext.builder()
        .environments(Environment.TEST)
        .properties(properties)
        .start();
  }
}
