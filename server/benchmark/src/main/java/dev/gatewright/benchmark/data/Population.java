package dev.gatewright.benchmark.data;

import dev.gatewright.benchmark.process.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;

/**
 * Users, and of each a consent, a grant and a live refresh token, all copies of what the server
 * wrote for the user {@code template}, with her password. Written past the server, while it is off.
 */
public final class Population {
  private static final int BLOCK = 100_000;
  private static final int BATCH = 1000;

  private final Database database;
  private final Template template;

  private Population(Database database, Template template) {
    this.database = database;
    this.template = template;
  }

  /** Reads what is to be multiplied. */
  public static Population of(Database database) throws SQLException {
    try (Connection connection = database.connect()) {
      return new Population(database, Template.read(connection));
    }
  }

  /** The hash of every user's password, as the server made it. */
  public String passwordHash() {
    return String.valueOf(template.user().value("password_hash"));
  }

  /** How many users there are, of an earlier run. */
  public int size() throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select max(username_key) from user_account where username_key like 'u0%'")) {
      rows.next();
      String last = rows.getString(1);
      return last == null ? 0 : Integer.parseInt(last.substring(1)) + 1;
    }
  }

  /**
   * Adds users until there are so many. Two tables at a time are written, each in the order of its
   * keys, except for refresh tokens, whose keys are hashes.
   *
   * @param progress is told how many there are
   */
  public void growTo(int count, IntConsumer progress) throws SQLException {
    int size = size();
    if (size >= count) {
      return;
    }
    // the last block may be in part; what is there is left as it is
    for (int from = size - size % BLOCK; from < count; from += BLOCK) {
      Block block = new Block(from, Math.min(count, from + BLOCK), count);
      CompletableFuture<Void> grants =
          CompletableFuture.runAsync(() -> {
            block.copy(template.grant(), number -> template.grant(number, block.created(number)));
            block.copy(
                template.consent(), number -> template.consent(number, block.created(number)));
          });
      block.copy(
          template.refreshToken(),
          number ->
              template.refreshToken(
                  number, "benchmark refresh token " + number, block.created(number)));
      block.copy(template.user(), number -> template.user(number, block.created(number)));
      grants.join();
      progress.accept(block.to());
    }
  }

  /**
   * Another refresh token for some users' grants, which nobody has used yet.
   *
   * @return the tokens, as their clients have them, of grants all over the table
   */
  public List<String> refreshTokens(int count, long seed) throws SQLException {
    int size = size();
    Random random = new Random(seed);
    List<String> tokens = new ArrayList<>();
    Row row = template.refreshToken();
    try (Connection connection = database.connect();
        PreparedStatement insert = connection.prepareStatement(row.insert())) {
      connection.setAutoCommit(false);
      for (int user : random.ints(0, size).distinct().limit(Math.min(count, size)).toArray()) {
        byte[] secret = new byte[32];
        random.nextBytes(secret);
        String token = "gwr_" + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        row.addTo(insert, template.refreshToken(user, token, template.now()));
        tokens.add(token);
      }
      insert.executeBatch();
      connection.commit();
    }
    return tokens;
  }

  /** The name of one of so many users, drawn at random. */
  public static String username(Random random, int size) {
    return Numbered.username(random.nextInt(size));
  }

  /** Users from one number up to another, of so many. */
  private final class Block {
    private final int from;
    private final int to;
    private final int count;

    Block(int from, int to, int count) {
      this.from = from;
      this.to = to;
      this.count = count;
    }

    int to() {
      return to;
    }

    LocalDateTime created(int number) {
      return Numbered.createdAt(number, count, template.now());
    }

    void copy(Row row, IntFunction<Map<String, Object>> changed) {
      try (Connection connection = database.connect();
          PreparedStatement insert = connection.prepareStatement(row.insert())) {
        connection.setAutoCommit(false);
        for (int number = from; number < to; number++) {
          row.addTo(insert, changed.apply(number));
          if ((number + 1) % BATCH == 0) {
            insert.executeBatch();
          }
        }
        insert.executeBatch();
        connection.commit();
      } catch (SQLException e) {
        throw new IllegalStateException("Rows of " + row.table() + " cannot be written", e);
      }
    }
  }
}
