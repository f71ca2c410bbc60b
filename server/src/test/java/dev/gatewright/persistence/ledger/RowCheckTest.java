package dev.gatewright.persistence.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.gatewright.persistence.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each check of rows finds what was written by halves; of what the server wrote, none finds any.
 */
class RowCheckTest {
  /** What makes each find something; each is undone. */
  private static final Map<RowCheck, String> HALVES =
      Map.ofEntries(
          Map.entry(
              RowCheck.USER_WITHOUT_ITS_RECORD,
              "delete from audit_event where act = 'user.created'"),
          Map.entry(RowCheck.RECORD_WITHOUT_ITS_USER, "delete from user_account"),
          Map.entry(
              RowCheck.GRANT_WITHOUT_ITS_RECORD,
              "delete from audit_event where act = 'grant.issued'"),
          Map.entry(RowCheck.RECORD_WITHOUT_ITS_GRANT, "delete from access_grant"),
          Map.entry(RowCheck.REDEEMED_CODE_WITHOUT_ITS_GRANT, "delete from access_grant"),
          Map.entry(
              RowCheck.GRANT_OF_A_CODE_THAT_WAS_NOT_REDEEMED,
              "update authorization_code set redeemed_at = null"),
          Map.entry(
              RowCheck.FAMILY_WITHOUT_ONE_HEAD,
              "delete from refresh_token where redeemed_at is null"),
          Map.entry(RowCheck.FAMILY_WITH_TWO_HEADS, "update refresh_token set redeemed_at = null"),
          Map.entry(
              RowCheck.GRANT_REVOKED_BY_NOTHING,
              "update access_grant set revoked_at = utc_timestamp()"),
          Map.entry(
              RowCheck.GRANT_REVOKED_IN_NAME_ONLY, "update access_grant set revoked_at = null"),
          Map.entry(
              RowCheck.GRANT_REVOKED_TWICE,
              "update audit_event set act = 'grant.revoked' where act = 'grant.issued'"),
          Map.entry(RowCheck.TOKEN_REVOKED_IN_NAME_ONLY, "delete from revoked_token"),
          Map.entry(
              RowCheck.TOKEN_REVOKED_WITHOUT_ITS_RECORD,
              "delete from audit_event where act = 'token.revoked'"),
          Map.entry(
              RowCheck.SESSION_WITHOUT_ITS_RECORD, "delete from audit_event where act = 'login'"),
          Map.entry(
              RowCheck.CONSENT_WITHOUT_ITS_RECORD, "delete from audit_event where act = 'consent'"),
          Map.entry(RowCheck.RECORD_WITHOUT_ITS_CONSENT, "delete from consent"),
          Map.entry(
              RowCheck.KEY_WITHOUT_ITS_RECORD,
              "delete from audit_event where act in ('key.created', 'key.rotated')"),
          Map.entry(RowCheck.RECORD_WITHOUT_ITS_KEY, "delete from signing_key"),
          Map.entry(
              RowCheck.ACT_RECORDED_TWICE,
              "update audit_event set request_id = x'00', subject_id = 'x' where act = 'login'"));

  private static Stage stage;

  @BeforeAll
  static void start() {
    stage = Stage.start();
    stage.play();
  }

  @AfterAll
  static void stop() {
    stage.close();
  }

  @Test
  void whatTheServerWroteIsWhole() {
    Findings findings = new Findings();
    RowCheck.run(stage.database(), findings);
    assertEquals(List.of(), findings.all());
    assertEquals(Set.of(RowCheck.values()), HALVES.keySet());
  }

  @ParameterizedTest
  @EnumSource
  void halvesAreFound(RowCheck check) throws SQLException {
    Database database = stage.database();
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.executeUpdate(HALVES.get(check));
      assertNotEquals(List.of(), check.find(connection));
      connection.rollback();
    }
  }
}
