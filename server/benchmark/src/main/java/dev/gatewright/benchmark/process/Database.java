package dev.gatewright.benchmark.process;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.OptionalLong;
import java.util.Properties;

/**
 * The database that the server is measured on.
 *
 * @param pid of its process, where it has one of its own on this machine
 */
public record Database(String url, String username, String password, OptionalLong pid) {

  /** A connection past the server. Of the embedded database only while the server is off. */
  public Connection connect() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", username);
    properties.setProperty("password", password);
    if (!isEmbedded()) {
      properties.setProperty("rewriteBatchedStatements", "true");
    }
    return DriverManager.getConnection(url, properties);
  }

  /** Whether it lives within the server. */
  public boolean isEmbedded() {
    return url.startsWith("jdbc:h2:");
  }

  /** Its name and version, as it tells them. */
  public String product() {
    try (Connection connection = connect()) {
      return connection.getMetaData().getDatabaseProductName()
          + " "
          + connection.getMetaData().getDatabaseProductVersion();
    } catch (SQLException e) {
      throw new IllegalStateException("The database cannot be asked", e);
    }
  }
}
