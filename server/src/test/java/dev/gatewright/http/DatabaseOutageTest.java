package dev.gatewright.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatewright.Http;
import dev.gatewright.TestServer;
import io.micronaut.data.connection.jdbc.advice.DelegatingDataSource;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A database that has no connection left: what needs one is told to come again, in the form that it
 * reads (RFC 6749 §4.1.2.1, RFC 9110 §15.6.4), and is served as soon as there is one.
 */
class DatabaseOutageTest {
  private static final Map<String, String> CLIENT_CREDENTIALS =
      Map.of("grant_type", "client_credentials", "client_id", "some-client");

  private static final int CONNECTIONS = 4;

  private static TestServer server;
  private static Http http;

  @BeforeAll
  static void start() {
    server =
        TestServer.start(
            Map.of(
                "datasources.default.maximum-pool-size",
                CONNECTIONS,
                "datasources.default.connection-timeout",
                1000));
    http = new Http(server);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void callersAreToldToComeAgain() throws SQLException {
    DataSource pool = DelegatingDataSource.unwrapDataSource(server.bean(DataSource.class));
    List<Connection> all = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      all.add(pool.getConnection());
    }
    try {
      HttpResponse<String> token = unavailable(http.form("/oauth2/token", CLIENT_CREDENTIALS));
      assertTrue(token.body().contains("\"error\":\"temporarily_unavailable\""), token.body());

      HttpResponse<String> problem =
          unavailable(
              http.json(
                  "POST",
                  "/api/users",
                  "{\"username\":\"ada\",\"password\":\"a fine long password\"}"));
      assertTrue(
          problem.body().contains("\"type\":\"urn:gatewright:problem:unavailable\""),
          problem.body());

      unavailable(http.get("/oauth2/auth?client_id=some-client"));
    } finally {
      for (Connection connection : all) {
        connection.close();
      }
    }
    assertEquals(401, http.form("/oauth2/token", CLIENT_CREDENTIALS).statusCode());
  }

  private static HttpResponse<String> unavailable(HttpResponse<String> response) {
    assertEquals(503, response.statusCode(), response.body());
    assertEquals("5", Http.header(response, "Retry-After"));
    assertTrue(
        !response.body().contains("Hikari") && !response.body().contains("onnection"),
        response.body());
    return response;
  }
}
