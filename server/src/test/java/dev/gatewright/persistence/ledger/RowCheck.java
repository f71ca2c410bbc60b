package dev.gatewright.persistence.ledger;

import dev.gatewright.persistence.Database;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows that must not be: each query finds what was written by halves, or twice. What purging
 * deletes in time is left out of account.
 */
public enum RowCheck {
  USER_WITHOUT_ITS_RECORD(
      """
      select u.username from user_account u
      where (select count(*) from audit_event a
             where a.user_id = u.id and a.act = 'user.created' and a.outcome = 'success') <> 1
      """),
  RECORD_WITHOUT_ITS_USER(
      """
      select hex(a.user_id) from audit_event a left join user_account u on u.id = a.user_id
      where a.act = 'user.created' and a.outcome = 'success' and u.id is null
      """),
  GRANT_WITHOUT_ITS_RECORD(
      """
      select hex(g.id) from access_grant g
      where (select count(*) from audit_event a
             where a.subject_id = %s and a.act = 'grant.issued') <> 1
      """
          .formatted(RowCheck.UUID.replace("id", "g.id"))),
  RECORD_WITHOUT_ITS_GRANT(
      """
      select a.subject_id from audit_event a
      where a.act = 'grant.issued'
        and not exists (select 1 from access_grant g where g.id = unhex(replace(a.subject_id, '-', '')))
      """),
  REDEEMED_CODE_WITHOUT_ITS_GRANT(
      """
      select hex(c.grant_id) from authorization_code c left join access_grant g on g.id = c.grant_id
      where c.redeemed_at is not null and g.id is null
      """),
  GRANT_OF_A_CODE_THAT_WAS_NOT_REDEEMED(
      """
      select hex(g.id) from authorization_code c join access_grant g on g.id = c.grant_id
      where c.redeemed_at is null
      """),
  /** All grants of this run are good for refresh tokens; each redeemed one has its successor. */
  FAMILY_WITHOUT_ONE_HEAD(
      """
      select hex(g.id) from access_grant g
      where (select count(*) from refresh_token t where t.grant_id = g.id and t.redeemed_at is null)
            <> 1
        and not exists (select 1 from audit_event a
                        where a.user_id = g.user_id and a.act = 'password.changed')
      """),
  /** A change of password lets the tokens of a family expire, and the purge may have them then. */
  FAMILY_WITH_TWO_HEADS(
      """
      select hex(grant_id) from refresh_token where redeemed_at is null
      group by grant_id having count(*) > 1
      """),
  GRANT_REVOKED_BY_NOTHING(
      """
      select hex(g.id) from access_grant g
      where g.revoked_at is not null
        and not exists (select 1 from audit_event a
                        where a.subject_id = %1$s and (a.act = 'grant.revoked' or a.act like '%%.reused'))
        and not exists (select 1 from audit_event a
                        where a.user_id = g.user_id and a.act = 'password.changed')
      """
          .formatted(RowCheck.UUID.replace("id", "g.id"))),
  GRANT_REVOKED_IN_NAME_ONLY(
      """
      select a.subject_id from audit_event a
      join access_grant g on g.id = unhex(replace(a.subject_id, '-', ''))
      where (a.act = 'grant.revoked' or a.act like '%.reused') and g.revoked_at is null
      """),
  GRANT_REVOKED_TWICE(
      """
      select subject_id from audit_event
      where act = 'grant.revoked' or act like '%.reused'
      group by subject_id having count(*) > 1
      """),
  TOKEN_REVOKED_IN_NAME_ONLY(
      """
      select a.subject_id from audit_event a
      where a.act = 'token.revoked'
        and not exists (select 1 from revoked_token t where t.jti = unhex(replace(a.subject_id, '-', '')))
      """),
  TOKEN_REVOKED_WITHOUT_ITS_RECORD(
      """
      select hex(t.jti) from revoked_token t
      where (select count(*) from audit_event a
             where a.subject_id = %s and a.act = 'token.revoked') <> 1
      """
          .formatted(RowCheck.UUID.replace("id", "t.jti"))),
  SESSION_WITHOUT_ITS_RECORD(
      """
      select hex(s.sid) from browser_session s
      where not exists (select 1 from audit_event a
                        where a.subject_id = %s and a.act = 'login')
      """
          .formatted(RowCheck.UUID.replace("id", "s.sid"))),
  CONSENT_WITHOUT_ITS_RECORD(
      """
      select c.client_id from consent c
      where not exists (select 1 from audit_event a
                        where a.user_id = c.user_id and a.subject_id = c.client_id
                          and a.act = 'consent' and a.outcome = 'success')
      """),
  RECORD_WITHOUT_ITS_CONSENT(
      """
      select a.subject_id from audit_event a
      where a.act = 'consent' and a.outcome = 'success'
        and not exists (select 1 from consent c
                        where c.user_id = a.user_id and c.client_id = a.subject_id)
      """),
  KEY_WITHOUT_ITS_RECORD(
      """
      select k.kid from signing_key k
      where (select count(*) from audit_event a
             where a.subject_id = k.kid and a.act in ('key.created', 'key.rotated')) <> 1
      """),
  RECORD_WITHOUT_ITS_KEY(
      """
      select a.subject_id from audit_event a
      where a.act in ('key.created', 'key.rotated')
        and (select count(*) from signing_key k where k.kid = a.subject_id)
          + (select count(*) from audit_event d
             where d.subject_id = a.subject_id and d.act = 'key.deleted') <> 1
      """),
  /** A transaction that was repeated whole, and the one before it, both written. */
  ACT_RECORDED_TWICE(
      """
      select act from audit_event where request_id is not null
      group by request_id, act, subject_id having count(*) > 1
      """);

  /** The column {@code id}, as the audit trail writes it. */
  private static final String UUID =
      "lower(insert(insert(insert(insert(hex(id), 9, 0, '-'), 14, 0, '-'), 19, 0, '-'), 24, 0,"
          + " '-'))";

  private final String sql;

  RowCheck(String sql) {
    this.sql = sql;
  }

  static void run(Database database, Findings findings) {
    try (Connection connection = database.connect()) {
      for (RowCheck check : values()) {
        List<String> rows = check.find(connection);
        findings.expect(Check.ROWS, rows.isEmpty(), check + ": " + rows);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What should not be, a row each. */
  public List<String> find(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(sql)) {
      List<String> rows = new ArrayList<>();
      while (found.next()) {
        rows.add(found.getString(1));
      }
      return rows;
    }
  }
}
