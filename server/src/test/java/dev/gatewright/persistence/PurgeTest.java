package dev.gatewright.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatewright.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What has expired is deleted by and by, and nothing else is. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class PurgeTest {
  /** More than two statements of the purge delete. */
  private static final int MANY = 550;

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Of nodes, which may differ. */
  private static final Duration CLOCKS = Duration.ofMinutes(5);

  private static Node node;

  private final Database database = node.database();

  PurgeTest(TestDatabase kind) {
    assertEquals(database, node.database(), kind.name());
  }

  @BeforeParameterizedClassInvocation
  static void start(TestDatabase kind) {
    node =
        Node.start(
            new Database(kind.fresh()),
            Map.of(
                "gatewright.purge.interval", "100ms",
                "gatewright.purge.rows", 250,
                "gatewright.purge.pause", "0s"));
  }

  @AfterParameterizedClassInvocation
  static void stop() {
    node.close();
  }

  @ParameterizedTest
  @CsvSource({
    "access_grant, id, PT0S",
    "refresh_token, token_hash, PT0S",
    "revoked_token, jti, PT0S",
    "client_assertion, jti_hash, PT0S",
    "attempt_limit, key_hash, PT0S",
    "browser_session, id_hash, PT0S",
    "authorization_request, handle_hash, PT0S",
    "logout_request, handle_hash, PT0S",
    "session_client, id, PT0S",
    "initial_access_token, id, PT0S",
    "authorization_code, code_hash, PT24H", // so that a second use is still known for one
    "device_authorization, device_code_hash, PT24H", // as before
    "audit_event, id, PT8760H" // gatewright.audit.retention
  })
  void expiredRowsAreDeletedAndNoOthers(String table, String key, Duration kept) throws Exception {
    Instant expiry = Instant.now().minus(kept).minus(CLOCKS);
    List<byte[]> live = StoredRows.expiring(database, table, key, expiry.plusSeconds(300), 3);
    List<byte[]> old = StoredRows.expiring(database, table, key, expiry.minusSeconds(30), MANY);

    List<String> expired = old.stream().map(StoredRows::hex).toList();
    Instant end = Instant.now().plus(PATIENCE);
    while (keys(table, key).stream().anyMatch(expired::contains) && Instant.now().isBefore(end)) {
      Thread.sleep(50);
    }
    List<String> left = keys(table, key);
    assertEquals(List.of(), expired.stream().filter(left::contains).toList());
    assertTrue(left.containsAll(live.stream().map(StoredRows::hex).toList()));
  }

  private List<String> keys(String table, String key) {
    return database.queryBytes("select " + key + " from " + table).stream()
        .map(StoredRows::hex)
        .toList();
  }
}
