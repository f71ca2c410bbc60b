package dev.gatewright.client.origin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatewright.TestContext;
import dev.gatewright.TestDatabase;
import dev.gatewright.client.ClientRegistrations;
import dev.gatewright.client.TestClients;
import dev.gatewright.http.ProblemException;
import io.micronaut.context.ApplicationContext;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.migration.Context;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The origins of clients follow the clients, on every real database. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class ClientOriginsTest {
  private static Map<String, Object> database;
  private static ApplicationContext context;
  private static ClientRegistrations registrations;
  private static ClientOrigins origins;

  @Parameter TestDatabase kind;

  @BeforeParameterizedClassInvocation
  static void start(TestDatabase kind) {
    database = kind.fresh();
    context = TestContext.start(database);
    registrations = context.getBean(ClientRegistrations.class);
    origins = context.getBean(ClientOrigins.class);
  }

  @AfterParameterizedClassInvocation
  static void stop() {
    context.close();
  }

  @Test
  void originIsRegisteredAsLongAsAClientHasARedirectUriOfIt() {
    assertFalse(isRegistered("https://one.example"));
    register("one", "https://one.example/callback", "https://one.example/other");
    register("two", "https://one.example:443/callback");
    assertTrue(isRegistered("https://one.example"));

    registrations.delete("one", null, () -> {});
    assertTrue(isRegistered("https://one.example"), "another client has it still");
    registrations.delete("two", null, () -> {});
    assertFalse(isRegistered("https://one.example"));
    assertEquals(Set.of(), stored("one", "two"));
  }

  @Test
  void changedRedirectUrisChangeTheOrigins() {
    register("changing", "https://before.example/callback", "https://stays.example/callback");

    registrations.update(
        "changing",
        null,
        TestClients.ANYTHING,
        before ->
            TestClients.with(
                before,
                "redirect_uris",
                List.of("https://stays.example/callback", "https://after.example:8443/callback")));
    assertFalse(isRegistered("https://before.example"));
    assertTrue(isRegistered("https://stays.example"));
    assertTrue(isRegistered("https://after.example:8443"));

    registrations.rotateSecret("changing");
    assertTrue(isRegistered("https://after.example:8443"));
  }

  /** They are written in one transaction with the client. */
  @Test
  void refusedClientLeavesNoOrigin() {
    register("taken", "https://first.example/callback");

    assertThrows(
        ProblemException.class, () -> register("taken", "https://second.example/callback"));
    assertFalse(isRegistered("https://second.example"));
    assertThrows(
        IllegalStateException.class,
        () ->
            registrations.delete(
                "taken",
                null,
                () -> {
                  throw new IllegalStateException("the transaction fails");
                }));
    assertTrue(isRegistered("https://first.example"));
  }

  @Test
  void anotherNodeSeesAChangeAfterAMoment() throws InterruptedException {
    try (ApplicationContext other = TestContext.start(database)) {
      ClientOrigins others = other.getBean(ClientOrigins.class);
      WebOrigin origin = new WebOrigin("https://late.example");
      assertFalse(others.isRegistered(origin));
      register("late", "https://late.example/callback");

      Thread.sleep(2100);
      assertTrue(others.isRegistered(origin));
    }
  }

  /** Clients that were there before the table was. */
  @Test
  void schemaStepWritesTheOriginsOfEarlierClients() throws Exception {
    register("earlier", "https://earlier.example/callback", "http://localhost:3000/callback");
    registrations.create(TestClients.nativeApplication("earlier-native"), TestClients.ANYTHING);
    Set<String> before = stored();
    try (Connection connection = connect()) {
      connection.setAutoCommit(false);
      addMany(connection);
      execute(connection, "delete from client_origin");
      new FillClientOrigins().migrate(new MigrationContext(connection));
      connection.commit();
    }

    Set<String> after = stored();
    assertTrue(after.containsAll(before), () -> before + " but " + after);
    assertEquals(before.size() + 1001, after.size());
    assertTrue(after.contains("https://many.example many-1000"), after::toString);
  }

  /** More than two batches of clients, as they are in the table. */
  private static void addMany(Connection connection) throws SQLException {
    List<String> columns = new ArrayList<>();
    try (ResultSet found =
        connection.getMetaData().getColumns(connection.getCatalog(), null, "client", null)) {
      while (found.next()) {
        columns.add(found.getString("COLUMN_NAME"));
      }
    }
    columns.remove("client_id");
    columns.remove("redirect_uris");
    String rest = String.join(", ", columns);
    for (int i = 0; i <= 1000; i++) {
      execute(
          connection,
          "insert into client (client_id, redirect_uris, %s) select 'many-%d', 'com.example.app:/x https://many.example/%d', %s from client where client_id = 'earlier'"
              .formatted(rest, i, i, rest));
    }
  }

  private static void register(String clientId, String... redirectUris) {
    registrations.create(
        TestClients.with(TestClients.web(clientId), "redirect_uris", List.of(redirectUris)),
        TestClients.ANYTHING);
  }

  private static boolean isRegistered(String origin) {
    return origins.isRegistered(new WebOrigin(origin));
  }

  /** Rows as origin and client_id; of these clients, or of all. */
  private static Set<String> stored(String... clients) {
    Set<String> rows = new TreeSet<>();
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery("select origin, client_id from client_origin")) {
      while (found.next()) {
        if (clients.length == 0 || List.of(clients).contains(found.getString(2))) {
          rows.add(found.getString(1) + " " + found.getString(2));
        }
      }
      return rows;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Connection connect() throws SQLException {
    return DriverManager.getConnection(setting("url"), setting("username"), setting("password"));
  }

  private static String setting(String name) {
    return String.valueOf(database.get("datasources.default." + name));
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** What Flyway gives a step of the schema. */
  private record MigrationContext(Connection connection) implements Context {
    @Override
    public Connection getConnection() {
      return connection;
    }

    @Override
    public Configuration getConfiguration() {
      return new FluentConfiguration();
    }
  }
}
