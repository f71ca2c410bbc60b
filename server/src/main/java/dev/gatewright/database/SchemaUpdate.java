package dev.gatewright.database;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.event.ApplicationEventPublisher;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.flyway.DataSourceMigrationRunner;
import io.micronaut.jdbc.DataSourceResolver;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * Brings the schema up to date when a node starts. Of nodes that start at once one does and the
 * others wait: Flyway sees to it by a lock of the server's, and on a Galera cluster, which has none
 * that holds, {@link SchemaTurn} does.
 */
@Singleton
@Replaces(DataSourceMigrationRunner.class)
class SchemaUpdate extends DataSourceMigrationRunner {
  private final DataSourceResolver dataSources;
  private final SchemaMigrations migrations;

  SchemaUpdate(
      ApplicationContext context,
      ApplicationEventPublisher<?> events,
      DataSourceResolver dataSources,
      SchemaMigrations migrations) {
    super(context, events, dataSources);
    this.dataSources = dataSources;
    this.migrations = migrations;
  }

  @Override
  public DataSource onCreated(BeanCreatedEvent<DataSource> event) {
    // Other listeners may have wrapped it already, in what asks for the very bean that is being
    // made.
    DataSource source = dataSources.resolve(event.getBean());
    try {
      if (!isCluster(source)) {
        return super.onCreated(event);
      }
      try (SchemaTurn turn = SchemaTurn.take(source)) {
        if (turn.isAllThereIs()) {
          migrations.beginBesideTable();
        }
        return super.onCreated(event);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("The schema cannot be brought up to date", e);
    }
  }

  private static boolean isCluster(DataSource source) throws SQLException {
    try (Connection connection = source.getConnection()) {
      if (!connection.getMetaData().getURL().startsWith("jdbc:mysql:")) {
        return false;
      }
      try (Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery("show variables like 'wsrep_on'")) {
        return row.next() && "ON".equalsIgnoreCase(row.getString(2));
      }
    }
  }
}
