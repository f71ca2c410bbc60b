package dev.gatewright.benchmark.data;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Objects;

/**
 * What the server wrote when the user {@code template} was declared, logged in and consented: the
 * rows that every other user has copies of.
 */
record Template(Row user, Row consent, Row grant, Row refreshToken, LocalDateTime now) {
  private static final int LIFETIME_DAYS = 30; // of refresh tokens, by default

  static Template read(Connection connection) throws SQLException {
    Row user = Row.read(connection, "user_account", "username = ?", "template");
    Object userId = Objects.requireNonNull(user.value("id"));
    Row grant = Row.read(connection, "access_grant", "user_id = ?", userId);
    Object grantId = Objects.requireNonNull(grant.value("id"));
    return new Template(
        user,
        Row.read(connection, "consent", "user_id = ?", userId),
        grant,
        Row.read(connection, "refresh_token", "grant_id = ?", grantId),
        LocalDateTime.now(ZoneOffset.UTC).withNano(0));
  }

  /** What is her own in the account of a user. */
  Map<String, Object> user(int number, LocalDateTime created) {
    String name = Numbered.username(number);
    String email = name + "@example.org";
    return Map.of(
        "id", Numbered.userId(number),
        "username", name,
        "username_key", name,
        "email", email,
        "email_key", email,
        "email_set_at", created,
        "created_at", created,
        "updated_at", created);
  }

  Map<String, Object> consent(int number, LocalDateTime created) {
    return Map.of(
        "user_id", Numbered.userId(number), "created_at", created, "updated_at", created);
  }

  Map<String, Object> grant(int number, LocalDateTime created) {
    return Map.of(
        "id", Numbered.grantId(number),
        "user_id", Numbered.userId(number),
        "session_id", Numbered.sessionId(number),
        "auth_time", created,
        "created_at", created,
        "expires_at", created.plusDays(LIFETIME_DAYS + 1));
  }

  /**
   * A live refresh token of a user's grant.
   *
   * @param token as the client would have it
   */
  Map<String, Object> refreshToken(int number, String token, LocalDateTime created) {
    return Map.of(
        "token_hash", Hashes.sha256(token),
        "grant_id", Numbered.grantId(number),
        "created_at", created,
        "expires_at", created.plusDays(LIFETIME_DAYS));
  }
}
