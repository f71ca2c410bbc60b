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

  /**
   * A server that takes no writes at the moment, or breaks off what it was doing: 1290, 1836 and
   * 1792 of a replica that was just a primary, or soon is one; 1180 and 3100 at the commit of a
   * cluster; 1317 and 1927 of a statement or connection that was killed; 1203 and 1226 without a
   * connection left. What says so by its class (1040, 1047, 1053: 08) is not among them.
   */
  private static final Set<Integer> UNAVAILABLE =
      Set.of(1290, 1836, 1792, 1180, 3100, 1317, 1927, 1203, 1226);

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
   * The error, when it says that the database cannot do it now and may well do it later: it cannot
   * be reached or has no connection left (the SQL standard's class 08, the pool's own), it does not
   * take writes, or it has given up the transaction for others as often as it was repeated. Whether
   * a commit that ends so was carried out is not known.
   */
  public static Optional<SQLException> unavailable(Throwable error) {
    return cause(error)
        .filter(sql ->
            sql instanceof SQLTransientConnectionException
                || String.valueOf(sql.getSQLState()).startsWith("08")
                || UNAVAILABLE.contains(sql.getErrorCode())
                || wasClosed(sql))
        .or(() -> cause(error).filter(sql -> isRepeatable(error)));
  }

  /**
   * What the pool answers to whoever goes on with a connection that it has found broken: the
   * rollback after a commit to which no answer came.
   */
  private static boolean wasClosed(SQLException error) {
    return error.getSQLState() == null && "Connection is closed".equals(error.getMessage());
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
