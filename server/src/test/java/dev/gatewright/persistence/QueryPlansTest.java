package dev.gatewright.persistence;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatewright.Http;
import dev.gatewright.TestDatabase;
import dev.gatewright.TestUsers;
import dev.gatewright.persistence.StatementRecorder.Recorded;
import dev.gatewright.user.ProfileDetails;
import io.micronaut.context.ApplicationContext;
import io.micronaut.core.naming.NameUtils;
import io.micronaut.core.type.Argument;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.inject.BeanDefinition;
import io.micronaut.inject.ExecutableMethod;
import io.micronaut.transaction.TransactionOperations;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * However many rows there are, what the server asks of its database reads a few of them: each
 * statement of each repository finds its rows by an index, as the database itself explains, and
 * reads no more than it needs, as the database counts.
 */
@ParameterizedClass
@EnumSource(names = {"MARIADB", "MYSQL"})
class QueryPlansTest {
  private static final int ROWS = 20_000;

  /** What a page, a chunk of the purge or the rows of one client are at the most, and some more. */
  private static final long MOST_READ = 500;

  private static final int LIMIT = 100;
  private static final int ROW = 4_321;

  /**
   * An index_merge of MySQL's meets a key of one row with all others; how many it reads is below.
   */
  private static final Set<String> LOOKUPS =
      Set.of("system", "const", "eq_ref", "ref", "ref_or_null", "range", "index_merge");

  /** Read whole: keys, of which there are some for each algorithm, and what administrators make. */
  private static final Set<String> SMALL =
      Set.of(
          "SigningKeyRepository.findAll",
          "ProtectedResourceRepository.findAll",
          "ProtectedResourceScopeRepository.findAll");

  private static Database database;
  private static Node node;
  private static StatementRecorder recorder;

  /** By the name of the method. */
  private static final Map<String, List<Recorded>> STATEMENTS = new TreeMap<>();

  QueryPlansTest(TestDatabase kind) {
    assertTrue(kind != TestDatabase.H2);
  }

  @BeforeParameterizedClassInvocation
  static void start(TestDatabase kind) throws SQLException {
    STATEMENTS.clear();
    database = new Database(kind.fresh());
    node = Node.start(database, StatementRecorder.ON);
    recorder = node.bean(StatementRecorder.class);
    FilledTables.fill(database, ROWS);
    repositories().forEach(QueryPlansTest::recordEach);
    recordOthers();
  }

  @AfterParameterizedClassInvocation
  static void stop() {
    node.close();
  }

  @Test
  void everyStatementFindsItsRowsByAnIndex() throws SQLException {
    List<String> scans = new ArrayList<>();
    try (Connection connection = database.connect()) {
      for (Map.Entry<String, List<Recorded>> method : STATEMENTS.entrySet()) {
        for (Recorded statement : method.getValue()) {
          for (Step step : explain(connection, statement)) {
            if (!SMALL.contains(method.getKey()) && !step.isLookup(statement)) {
              scans.add(method.getKey() + ": " + step + " of " + statement.sql());
            }
          }
        }
      }
    }

    assertTrue(STATEMENTS.size() > 70, STATEMENTS.keySet().toString());
    assertFalse(STATEMENTS.get("others").isEmpty());
    assertTrue(scans.isEmpty(), () -> String.join("\n", scans));
  }

  @Test
  void noStatementReadsMoreThanItNeeds() throws SQLException {
    List<String> greedy = new ArrayList<>();
    try (Connection connection = database.connect()) {
      connection.setAutoCommit(false);
      for (Map.Entry<String, List<Recorded>> method : STATEMENTS.entrySet()) {
        for (Recorded statement : method.getValue()) {
          long read = rowsRead(connection, statement);
          if (!SMALL.contains(method.getKey()) && read > MOST_READ) {
            greedy.add(method.getKey() + " reads " + read + " rows: " + statement.sql());
          }
        }
      }
    }

    assertTrue(greedy.isEmpty(), () -> String.join("\n", greedy));
  }

  private static Stream<? extends BeanDefinition<?>> repositories() {
    return node.bean(ApplicationContext.class).getAllBeanDefinitions().stream()
        .filter(bean -> bean.hasAnnotation(JdbcRepository.class));
  }

  /** Calls each method of a repository that asks for something or changes it, and undoes it. */
  private static <T> void recordEach(BeanDefinition<T> repository) {
    T bean = node.bean(ApplicationContext.class).getBean(repository);
    String name = repository.getBeanType().getInterfaces()[0].getSimpleName();
    for (ExecutableMethod<T, ?> method : repository.getExecutableMethods()) {
      if (!method.getMethodName().startsWith("save") && !method.getTargetMethod().isDefault()) {
        Object[] arguments = new Object[method.getArguments().length];
        for (int i = 0; i < arguments.length; i++) {
          arguments[i] = argument(method.getArguments()[i], bean, repository);
        }
        recorder.take();
        undone(() -> method.invoke(bean, arguments));
        List<Recorded> statements =
            recorder.take().stream().filter(statement -> !statement.isInsert()).toList();
        if (!statements.isEmpty()) {
          STATEMENTS.put(name + "." + method.getMethodName(), statements);
        }
      }
    }
  }

  /**
   * What is asked by others than repositories while a user logs in and a client uses its tokens.
   */
  private static void recordOthers() {
    Set<String> known =
        STATEMENTS.values().stream()
            .flatMap(List::stream)
            .map(Recorded::sql)
            .collect(Collectors.toSet());
    recorder.take();
    Http http = new Http(node.server());
    CodeFlow flow = CodeFlow.ofNewClient(node.server());
    Map<String, String> answer =
        flow.logInAndConsent(http, new TestUsers(node.server()).user(), Map.of());
    JsonNode tokens = Http.body(200, flow.redeem(http, answer.get("code")));
    JsonNode refreshed = Http.body(200, flow.refresh(http, tokens));
    Http.body(200, CodeFlow.user(http, refreshed));
    flow.introspect(http, CodeFlow.text(refreshed, "access_token"));
    flow.introspect(http, CodeFlow.text(refreshed, "refresh_token"));
    flow.revoke(http, CodeFlow.text(refreshed, "refresh_token"));
    STATEMENTS.put(
        "others",
        recorder.take().stream()
            .filter(statement -> !statement.isInsert() && known.add(statement.sql()))
            .toList());
  }

  private static void undone(Runnable work) {
    TransactionOperations<?> transactions = node.bean(TransactionOperations.class);
    transactions.executeWrite(status -> {
      status.setRollbackOnly();
      work.run();
      return true;
    });
  }

  private static @Nullable Object argument(
      Argument<?> argument, Object repository, BeanDefinition<?> definition) {
    String column = NameUtils.underscoreSeparate(argument.getName()).toLowerCase();
    Class<?> type = argument.getType();
    if (type == UUID.class) {
      return switch (column) {
        case "before", "keep", "keep_sid", "newcomer" -> new UUID(-1, -1);
        case "after" -> FilledTables.id("id", ROW);
        default -> FilledTables.id(column, ROW);
      };
    }
    if (type == byte[].class) {
      return FilledTables.hash(column, ROW);
    }
    if (type == Instant.class) {
      return column.equals("idle_since") ? Instant.EPOCH : Instant.now();
    }
    if (type == String.class) {
      return column.equals("after") ? "client-3" : FilledTables.text(column, ROW);
    }
    if (type == int.class) {
      return Set.of("most", "limit", "count").contains(column) ? LIMIT : 1;
    }
    if (type == long.class) {
      return column.equals("now") ? ROWS / 100 : 1L;
    }
    if (type == boolean.class) {
      return false;
    }
    if (type.isEnum()) {
      return type.getEnumConstants()[type.getEnumConstants().length - 1];
    }
    return type == ProfileDetails.class ? ProfileDetails.NONE : entity(repository, definition);
  }

  /** A row of the repository's, as it is read. */
  private static <T> @Nullable Object entity(Object repository, BeanDefinition<T> definition) {
    return definition.getExecutableMethods().stream()
        .filter(method -> method.getMethodName().equals("listAfter"))
        .map(method -> {
          Object first = method.getArguments()[0].getType() == UUID.class ? new UUID(0, 0) : "c";
          return ((List<?>) method.invoke(definition.getBeanType().cast(repository), first, 1))
              .getFirst();
        })
        .findFirst()
        .orElse(null);
  }

  private static List<Step> explain(Connection connection, Recorded recorded) throws SQLException {
    List<Step> steps = new ArrayList<>();
    try (PreparedStatement statement =
        connection.prepareStatement("explain format=traditional " + recorded.sql())) {
      recorded.bind(statement);
      try (ResultSet plan = statement.executeQuery()) {
        while (plan.next()) {
          steps.add(
              new Step(
                  plan.getString("table"),
                  plan.getString("type"),
                  plan.getString("key"),
                  String.valueOf(plan.getString("Extra"))));
        }
      }
    }
    return steps;
  }

  /** How many rows the database reads, in tables and indexes, to do it. */
  private static long rowsRead(Connection connection, Recorded recorded) throws SQLException {
    try (Statement control = connection.createStatement();
        PreparedStatement statement = connection.prepareStatement(recorded.sql())) {
      recorded.bind(statement);
      long before = handlerReads(control);
      statement.execute();
      connection.rollback();
      return handlerReads(control) - before;
    }
  }

  private static long handlerReads(Statement control) throws SQLException {
    Map<String, Long> counts = new HashMap<>();
    try (ResultSet rows = control.executeQuery("show session status like 'Handler_read%'")) {
      while (rows.next()) {
        counts.put(rows.getString(1), rows.getLong(2));
      }
    }
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /**
   * One table of a plan.
   *
   * @param type how its rows are found; null when the database knows that there are none
   */
  private record Step(
      @Nullable String table, @Nullable String type, @Nullable String key, String extra) {
    boolean isLookup(Recorded statement) {
      if (type == null) {
        return true;
      }
      // an update notes the rows first when it changes the index that it finds them by
      boolean inOrder =
          !extra.contains("filesort") && (!extra.contains("temporary") || statement.isUpdate());
      return LOOKUPS.contains(type) && key != null && inOrder;
    }
  }
}
