package dev.gatewright.database;

import io.micronaut.flyway.FlywayConfigurationCustomizer;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.List;
import org.flywaydb.core.api.callback.BaseCallback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.migration.JavaMigration;

/**
 * Tells Flyway of the steps of the schema that take more than SQL, and lets every step take the
 * time that it takes: a large table is changed in minutes, and {@link ConnectorDefaults} are for
 * requests.
 */
@Singleton
@Named(SchemaMigrations.DATASOURCE)
final class SchemaMigrations implements FlywayConfigurationCustomizer {
  static final String DATASOURCE = "default";

  private final List<JavaMigration> steps;
  private boolean besideTable;

  SchemaMigrations(List<JavaMigration> steps) {
    this.steps = steps;
  }

  /** Lets the first step be done although the schema has a table, {@link SchemaTurn}'s. */
  void beginBesideTable() {
    besideTable = true;
  }

  @Override
  public String getName() {
    return DATASOURCE;
  }

  @Override
  public void customizeFluentConfiguration(FluentConfiguration configuration) {
    configuration
        .baselineOnMigrate(besideTable)
        .baselineVersion("0")
        .javaMigrations(steps.toArray(JavaMigration[]::new))
        .callbacks(new WithoutTimeout());
  }

  /** The pool gives the connection its timeout back when it returns. */
  private static final class WithoutTimeout extends BaseCallback {
    @Override
    public boolean supports(Event event, Context context) {
      return event == Event.BEFORE_EACH_MIGRATE;
    }

    @Override
    public void handle(Event event, Context context) {
      try {
        if (context.getConnection().getNetworkTimeout() > 0) {
          context.getConnection().setNetworkTimeout(Runnable::run, 0);
        }
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
