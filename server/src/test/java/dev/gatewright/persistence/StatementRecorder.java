package dev.gatewright.persistence;

import io.micronaut.context.annotation.Requires;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.core.order.Ordered;
import jakarta.inject.Singleton;
import java.lang.reflect.InvocationTargetException;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import net.ttddyy.dsproxy.QueryInfo;
import net.ttddyy.dsproxy.proxy.ParameterSetOperation;
import net.ttddyy.dsproxy.support.ProxyDataSourceBuilder;

/** Records the statements that a server sends to its database, where a test asks for it. */
@Singleton
@Requires(property = StatementRecorder.PROPERTY)
final class StatementRecorder implements BeanCreatedEventListener<DataSource>, Ordered {
  static final String PROPERTY = "test.record-statements";

  /** What a server is configured with to be recorded. */
  static final Map<String, Object> ON = Map.of(PROPERTY, true);

  private final List<Recorded> statements = new CopyOnWriteArrayList<>();

  @Override
  public DataSource onCreated(BeanCreatedEvent<DataSource> event) {
    return ProxyDataSourceBuilder.create(event.getBean())
        .afterQuery((execution, queries) -> queries.forEach(this::record))
        .build();
  }

  /** Before the framework wraps it. */
  @Override
  public int getOrder() {
    return HIGHEST_PRECEDENCE;
  }

  private void record(QueryInfo query) {
    List<List<ParameterSetOperation>> parameters = query.getParametersList();
    statements.add(
        new Recorded(query.getQuery(), parameters.isEmpty() ? List.of() : parameters.getFirst()));
  }

  /** What was recorded since the last time. */
  List<Recorded> take() {
    List<Recorded> taken = List.copyOf(statements);
    statements.clear();
    return taken;
  }

  /**
   * A statement as it was sent.
   *
   * @param sql with question marks
   * @param parameters what was set in their place
   */
  record Recorded(String sql, List<ParameterSetOperation> parameters) {

    /** Sets the same parameters. */
    void bind(PreparedStatement statement) throws SQLException {
      try {
        for (ParameterSetOperation parameter : parameters) {
          parameter.getMethod().invoke(statement, parameter.getArgs());
        }
      } catch (IllegalAccessException | InvocationTargetException e) {
        throw new SQLException(e);
      }
    }

    boolean isInsert() {
      return begins("insert");
    }

    boolean isUpdate() {
      return begins("update");
    }

    private boolean begins(String verb) {
      return sql.stripLeading().toLowerCase(Locale.ROOT).startsWith(verb);
    }
  }
}
