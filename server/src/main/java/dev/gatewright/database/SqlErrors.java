package dev.gatewright.database;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an SQL error means, by the vendor's code: the data layer wraps them all alike. */
public final class SqlErrors {
  private static final int MYSQL_DUPLICATE = 1062;
  private static final int H2_DUPLICATE = 23505;

  /**
   * Deadlock and lock wait on MySQL and MariaDB, which is also how a Galera node refuses a
   * transaction that another node has overtaken; then H2's deadlock, concurrent update and lock
   * timeout.
   */
  private static final Set<Integer> REPEATABLE = Set.of(1213, 1205, 40001, 90131, 50200);

  private SqlErrors() {}

  /** Whether a unique index refused the row. */
  public static boolean isDuplicate(Throwable error) {
    return cause(error)
        .map(sql -> sql.getErrorCode() == MYSQL_DUPLICATE || sql.getErrorCode() == H2_DUPLICATE)
        .orElse(false);
  }

  /** Whether it was this unique index, by the name that the schema gives it. */
  public static boolean isDuplicateOf(Throwable error, String indexName) {
    return isDuplicate(error)
        && cause(error).map(SqlErrors::namedIndex).orElse("").contains(indexName);
  }

  /**
   * The part of the message that names the index, without the value, which is the caller's: MySQL
   * and MariaDB name the index last ({@code Duplicate entry '…' for key 'user_account_email'}), H2
   * first ({@code "PUBLIC.USER_ACCOUNT_EMAIL_INDEX_5 ON …"}).
   */
  private static String namedIndex(SQLException duplicate) {
    String message = String.valueOf(duplicate.getMessage()).toLowerCase(Locale.ROOT);
    return duplicate.getErrorCode() == MYSQL_DUPLICATE
        ? message.substring(message.lastIndexOf(" for key ") + 1)
        : message.substring(0, Math.max(0, message.indexOf(" on ")));
  }

  /** Whether the same transaction, run again from its start, may well succeed. */
  public static boolean isRepeatable(Throwable error) {
    return cause(error)
        .map(sql ->
            REPEATABLE.contains(sql.getErrorCode())
                || String.valueOf(sql.getSQLState()).startsWith("40"))
        .orElse(false);
  }

  /**
   * The error, when it says that the database cannot be reached or that no connection is left: of
   * the SQL standard's class 08, or the pool's own.
   */
  public static Optional<SQLException> unavailable(Throwable error) {
    return cause(error)
        .filter(sql ->
            sql instanceof SQLTransientConnectionException
                || String.valueOf(sql.getSQLState()).startsWith("08"));
  }

  private static Optional<SQLException> cause(Throwable error) {
    @Nullable Throwable cause = error;
    for (int depth = 0; cause != null && depth < 10; depth++) {
      if (cause instanceof SQLException sql) {
        return Optional.of(sql);
      }
      cause = cause.getCause();
    }
    return Optional.empty();
  }
}
