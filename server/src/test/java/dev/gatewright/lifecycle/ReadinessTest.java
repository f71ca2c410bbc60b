package dev.gatewright.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatewright.Http;
import dev.gatewright.TestServer;
import io.micronaut.data.connection.jdbc.advice.DelegatingDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** A node is ready only when it can serve, and alive as long as killing it would not help. */
class ReadinessTest {

  @Test
  void withoutItsDatabaseANodeIsAliveAndNotReady() throws SQLException {
    String url = "jdbc:h2:mem:readiness;MODE=MySQL;DATABASE_TO_LOWER=TRUE;DB_CLOSE_DELAY=-1";
    try (TestServer server = TestServer.start(Map.of("datasources.default.url", url))) {
      Http http = new Http(server);
      assertEquals("{\"status\":\"UP\"}", http.get("/health").body());
      assertEquals("{\"status\":\"UP\"}", http.get("/health/readiness").body());
      assertEquals("{\"status\":\"UP\"}", http.get("/health/liveness").body());

      try (Connection connection = DriverManager.getConnection(url, "gatewright", "");
          Statement statement = connection.createStatement()) {
        statement.execute("shutdown");
      }

      assertEquals(503, http.get("/health/readiness").statusCode());
      assertEquals(503, http.get("/health").statusCode());
      assertEquals("{\"status\":\"UP\"}", http.get("/health/liveness").body());
    }
  }

  /** Else a rush of requests would take all nodes from the balancer, one after the other. */
  @Test
  void aNodeWhosePoolIsBusyIsReady() throws SQLException {
    try (TestServer server = TestServer.start(Map.of("datasources.default.maximum-pool-size", 2))) {
      List<Connection> busy = new ArrayList<>();
      try {
        busy.add(pool(server).getConnection());
        busy.add(pool(server).getConnection());
        assertEquals(200, new Http(server).get("/health/readiness").statusCode());
      } finally {
        for (Connection connection : busy) {
          connection.close();
        }
      }
    }
  }

  private static DataSource pool(TestServer server) {
    return DelegatingDataSource.unwrapDataSource(server.bean(DataSource.class));
  }
}
