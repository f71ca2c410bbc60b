package dev.gatewright.database;

import io.micronaut.configuration.jdbc.hikari.DatasourceConfiguration;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import jakarta.inject.Singleton;
import java.util.Objects;

/**
 * Bounds how long a connection to MySQL or MariaDB waits for a server that says nothing: for good,
 * by the driver's default. A machine that lost its power, or a firewall that forgot a connection,
 * ends none; without a bound each holds a request, and in the end the whole pool.
 *
 * <p>A URL that sets these properties itself is left alone.
 */
@Singleton
final class NetworkTimeouts implements BeanCreatedEventListener<DatasourceConfiguration> {
  private static final String CONNECT = "connectTimeout";
  private static final String READ = "socketTimeout";
  private static final String CONNECT_MILLIS = "5000";

  /** More than a cluster needs to part with a member that is silent (some 6 s). */
  private static final String READ_MILLIS = "20000";

  @Override
  public DatasourceConfiguration onCreated(BeanCreatedEvent<DatasourceConfiguration> event) {
    DatasourceConfiguration datasource = event.getBean();
    String url = Objects.requireNonNullElse(datasource.getUrl(), "");
    if (url.startsWith("jdbc:mysql:")) {
      bound(datasource, url, CONNECT, CONNECT_MILLIS);
      bound(datasource, url, READ, READ_MILLIS);
    }
    return datasource;
  }

  private static void bound(
      DatasourceConfiguration datasource, String url, String property, String millis) {
    if (!url.contains(property + "=")) {
      datasource.addDataSourceProperty(property, millis);
    }
  }
}
