package dev.gatewright.database;

import io.micronaut.configuration.jdbc.hikari.DatasourceConfiguration;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import jakarta.inject.Singleton;
import java.util.Map;

/**
 * How Connector/J is used, where the URL does not say otherwise: without the statements by which it
 * would ask the server what it knows already. As it comes, every reading costs four round trips
 * instead of one, for the framework marks each as read-only.
 */
@Singleton
final class ConnectorDefaults implements BeanCreatedEventListener<DatasourceConfiguration> {
  private static final Map<String, String> PROPERTIES =
      Map.of(
          // the session's isolation, read-only and autocommit are what this connection set them to
          "useLocalSessionState", "true",
          "elideSetAutoCommits", "true",
          "readOnlyPropagatesToServer", "false",
          "cacheServerConfiguration", "true",
          // a statement is parsed once for each connection, here; not at the server, for MariaDB
          // reads
          // the times of its protocol for that as TIMESTAMP, which ends in 2038
          "cachePrepStmts", "true",
          "prepStmtCacheSize", "256",
          "prepStmtCacheSqlLimit", "4096");

  @Override
  public DatasourceConfiguration onCreated(BeanCreatedEvent<DatasourceConfiguration> event) {
    DatasourceConfiguration configuration = event.getBean();
    if (configuration.getUrl().startsWith("jdbc:mysql:")) {
      PROPERTIES.forEach(configuration::addDataSourceProperty);
    }
    return configuration;
  }
}
