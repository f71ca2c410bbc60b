package dev.gatewright;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.env.Environment;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Application contexts for tests that need beans and a database, but no HTTP. */
public final class TestContext {
  private TestContext() {}

  /** A context on an embedded database of its own, which lives as long as the context. */
  public static ApplicationContext start() {
    return start(newDatabase(), Map.of());
  }

  /** A context on a database, with more configuration; so two nodes can share one. */
  public static ApplicationContext start(String jdbcUrl, Map<String, Object> more) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("gatewright.issuer", "http://localhost:8080");
    properties.put("gatewright.master-key", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8");
    properties.put("datasources.default.url", jdbcUrl);
    properties.put("datasources.default.username", "sa");
    properties.put("datasources.default.password", "");
    properties.put("datasources.default.dialect", "MYSQL");
    properties.put("flyway.datasources.default.enabled", true);
    properties.putAll(more);
    return ApplicationContext.builder()
        .environments(Environment.TEST)
        .properties(properties)
        .start();
  }

  /** The URL of an embedded database that nothing else uses. */
  public static String newDatabase() {
    return "jdbc:h2:mem:"
        + UUID.randomUUID()
        + ";MODE=MySQL;DATABASE_TO_LOWER=TRUE;DB_CLOSE_DELAY=-1";
  }
}
