package dev.gatewright.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatewright.TestDatabase;
import io.micronaut.context.ApplicationContext;
import io.micronaut.inject.BeanDefinition;
import io.micronaut.inject.ExecutableMethod;
import io.micronaut.scheduling.annotation.Scheduled;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What has expired is deleted, by jobs that are scheduled, and nothing else is. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class PurgeTest {
  /** More than two chunks. */
  private static final int MANY = 1100;

  private final Node node;
  private final Database database;

  PurgeTest(TestDatabase kind) {
    node = Node.shared(kind);
    database = node.database();
  }

  @ParameterizedTest
  @CsvSource({
    "access_grant, id, PT0S",
    "refresh_token, token_hash, PT0S",
    "revoked_token, jti, PT0S",
    "client_assertion, jti_hash, PT0S",
    "browser_session, id_hash, PT0S",
    "authorization_request, handle_hash, PT0S",
    "logout_request, handle_hash, PT0S",
    "session_client, id, PT0S",
    "authorization_code, code_hash, PT24H", // so that a second use is still known for one
    "device_authorization, device_code_hash, PT24H", // as before
    "audit_event, id, PT8760H" // gatewright.audit.retention
  })
  void expiredRowsAreDeletedAndNoOthers(String table, String key, Duration kept) {
    Instant expiry = Instant.now().minus(kept);
    List<byte[]> old = StoredRows.expiring(database, table, key, expiry.minusSeconds(30), MANY);
    List<byte[]> live = StoredRows.expiring(database, table, key, expiry.plusSeconds(300), 3);

    purge();

    List<String> left = keys(table, key);
    assertEquals(List.of(), old.stream().map(StoredRows::hex).filter(left::contains).toList());
    assertTrue(left.containsAll(live.stream().map(StoredRows::hex).toList()));
  }

  /** Runs every purge that is scheduled. */
  private void purge() {
    ApplicationContext context = node.bean(ApplicationContext.class);
    List<? extends BeanDefinition<?>> purges =
        context.getAllBeanDefinitions().stream()
            .filter(bean -> bean.getBeanType().getSimpleName().endsWith("Purge"))
            .toList();
    assertTrue(purges.size() >= 3, purges.toString());
    purges.forEach(purge -> run(context, purge));
  }

  private static <T> void run(ApplicationContext context, BeanDefinition<T> purge) {
    Stream<ExecutableMethod<T, ?>> scheduled =
        purge.getExecutableMethods().stream()
            .filter(method -> method.hasAnnotation(Scheduled.class));
    scheduled.forEach(method -> method.invoke(context.getBean(purge)));
  }

  private List<String> keys(String table, String key) {
    return database.queryBytes("select " + key + " from " + table).stream()
        .map(StoredRows::hex)
        .toList();
  }
}
