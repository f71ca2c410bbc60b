package dev.gatewright.database;

import io.micronaut.configuration.jdbc.hikari.DatasourceConfiguration;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Objects;

/**
 * How Connector/J is used with MySQL and MariaDB; what the URL says goes before.
 *
 * <p>A connection waits for a silent server so long and no longer: for good, by the driver's
 * default. A machine that lost its power, or a firewall that forgot a connection, ends none;
 * without a bound each holds a request, and in the end the whole pool.
 *
 * <p>It does not ask the server what it knows already: as it comes, every reading costs four round
 * trips instead of one, for the framework marks each as read-only. And it parses a statement once
 * for each connection. It does so itself: in the protocol for statements that the server has
 * prepared, MariaDB takes times for TIMESTAMP, which ends in 2038.
 */
@Singleton
final class ConnectorDefaults implements BeanCreatedEventListener<DatasourceConfiguration> {
  private static final Map<String, String> PROPERTIES =
      Map.of(
          "connectTimeout", "5000", // milliseconds
          // more than a cluster needs to part with a member that is silent (some 6 s)
          "socketTimeout", "20000",
          "useLocalSessionState", "true",
          "elideSetAutoCommits", "true",
          "readOnlyPropagatesToServer", "false",
          "cacheServerConfiguration", "true",
          "cachePrepStmts", "true",
          "prepStmtCacheSize", "256",
          "prepStmtCacheSqlLimit", "4096");

  @Override
  public DatasourceConfiguration onCreated(BeanCreatedEvent<DatasourceConfiguration> event) {
    DatasourceConfiguration datasource = event.getBean();
    String url = Objects.requireNonNullElse(datasource.getUrl(), "");
    if (url.startsWith("jdbc:mysql:")) {
      PROPERTIES.forEach((property, value) -> {
        if (!url.contains(property + "=")) {
          datasource.addDataSourceProperty(property, value);
        }
      });
    }
    return datasource;
  }
}
