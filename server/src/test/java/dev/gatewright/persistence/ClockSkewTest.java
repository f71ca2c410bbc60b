package dev.gatewright.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatewright.Http;
import dev.gatewright.TestDatabase;
import dev.gatewright.TestServer;
import dev.gatewright.TestUsers;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two nodes whose clocks differ: by seconds nobody notices; by minutes what is spent stays spent,
 * and what is revoked stays revoked.
 */
@ParameterizedClass
@EnumSource(names = {"H2", "MARIADB"})
class ClockSkewTest {
  private final Database database;

  ClockSkewTest(TestDatabase kind) {
    database = new Database(kind.fresh());
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT5S", "PT-5S"})
  void secondsAreNotNoticed(Duration ahead) {
    try (TestServer one = node(Duration.ZERO);
        TestServer other = node(ahead)) {
      CodeFlow flow = CodeFlow.ofNewClient(one);
      Http atOne = new Http(one);
      Http atOther = new Http(other);
      String code = flow.logInAndConsent(atOne, new TestUsers(one).user(), Map.of()).get("code");
      JsonNode tokens = Http.body(200, flow.redeem(atOther, code));
      Http.body(200, CodeFlow.user(atOne, tokens));
      JsonNode refreshed = Http.body(200, flow.refresh(atOne, tokens));
      Http.body(200, CodeFlow.user(atOther, refreshed));
    }
  }

  @Test
  void withMinutesWhatIsSpentStaysSpent() {
    try (TestServer one = node(Duration.ZERO);
        TestServer other = node(Duration.ofMinutes(-3))) {
      CodeFlow flow = CodeFlow.ofNewClient(one);
      Http atOne = new Http(one);
      Http atOther = new Http(other);
      String code = flow.logInAndConsent(atOne, new TestUsers(one).user(), Map.of()).get("code");
      JsonNode tokens = Http.body(200, flow.redeem(atOne, code));
      JsonNode refreshed = Http.body(200, flow.refresh(atOne, tokens));

      Http.body(400, flow.redeem(atOther, code)); // a thief's, and the end of the grant
      Http.body(400, flow.refresh(atOther, tokens));
      Http.body(400, flow.refresh(atOther, refreshed));
      Http.body(400, flow.refresh(atOne, refreshed));
      Http.body(401, CodeFlow.user(atOne, refreshed));
      Http.body(401, CodeFlow.user(atOther, refreshed));
      assertEquals(
          0, database.count("access_grant where revoked_at is null"), "the grant has ended");
    }
  }

  private TestServer node(Duration ahead) {
    Map<String, Object> configuration = new HashMap<>(database.configuration());
    configuration.put("gatewright.issuer", "http://localhost:9999");
    Clock clock = Clock.tick(Clock.systemUTC(), Duration.ofNanos(1000));
    return TestServer.start(configuration, Clock.offset(clock, ahead));
  }
}
