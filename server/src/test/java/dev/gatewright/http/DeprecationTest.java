package dev.gatewright.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatewright.Http;
import dev.gatewright.TestServer;
import dev.gatewright.oauth.DeprecatedSince;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What a deprecated operation says of itself. The contract has none yet, so these are operations of
 * this test, annotated as generated ones are.
 */
class DeprecationTest {
  private static final String HERE = "gatewright.test.deprecation";

  private static TestServer server;
  private static Http http;

  @BeforeAll
  static void start() {
    server = TestServer.start(Map.of(HERE, true));
    http = new Http(server);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** An interface as the generator makes it. */
  interface OldApi {
    @Get("/old")
    @Secured(SecurityRule.IS_ANONYMOUS)
    @DeprecatedSince(value = "2027-01-31", sunset = "2027-12-31")
    String old();

    @Get("/old-for-now")
    @Secured(SecurityRule.IS_ANONYMOUS)
    @DeprecatedSince("2027-01-31")
    String oldForNow();

    @Get("/old-until-spring")
    @Secured(SecurityRule.IS_ANONYMOUS)
    @DeprecatedSince(value = "2027-01-31", sunset = "2027-03-01")
    String oldUntilSpring();

    @Get("/old-and-guarded")
    @Secured(SecurityRule.IS_AUTHENTICATED)
    @DeprecatedSince(value = "2027-01-31", sunset = "2027-12-31")
    String guarded();

    @Get("/old-and-broken")
    @Secured(SecurityRule.IS_ANONYMOUS)
    @DeprecatedSince(value = "2027-01-31", sunset = "2027-12-31")
    String broken();
  }

  @Controller("/api/test")
  @Requires(property = HERE)
  static final class OldController implements OldApi {
    @Override
    public String old() {
      return "still here";
    }

    @Override
    public String oldForNow() {
      return "still here";
    }

    @Override
    public String oldUntilSpring() {
      return "still here";
    }

    @Override
    public String guarded() {
      return "never reached";
    }

    @Override
    public String broken() {
      throw ProblemException.of(ProblemType.NOT_FOUND, "Not here");
    }
  }

  /** RFC 9745 §2.1: a date of RFC 9651, seconds after an at sign. RFC 8594 §3: an HTTP-date. */
  @Test
  void anAnswerSaysSinceWhenAndUntilWhen() {
    HttpResponse<String> answer = http.get("/api/test/old");

    assertEquals(200, answer.statusCode());
    assertEquals(
        List.of("@" + Instant.parse("2027-01-31T00:00:00Z").getEpochSecond()),
        answer.headers().allValues("Deprecation"));
    assertEquals(List.of("Fri, 31 Dec 2027 00:00:00 GMT"), answer.headers().allValues("Sunset"));
  }

  /** RFC 9110 §5.6.7. */
  @Test
  void theFirstDaysOfAMonthHaveTwoDigits() {
    assertEquals(
        List.of("Mon, 01 Mar 2027 00:00:00 GMT"),
        http.get("/api/test/old-until-spring").headers().allValues("Sunset"));
  }

  @Test
  void withoutASunsetNoneIsNamed() {
    HttpResponse<String> answer = http.get("/api/test/old-for-now");

    assertEquals(1, answer.headers().allValues("Deprecation").size());
    assertEquals(List.of(), answer.headers().allValues("Sunset"));
  }

  @Test
  void refusalsAndErrorsSayItToo() {
    for (var expected :
        Map.of("old-and-guarded", 401, "old-and-broken", 404, "old?a=1&a=2", 400).entrySet()) {
      HttpResponse<String> answer = http.get("/api/test/" + expected.getKey());

      assertEquals(expected.getValue(), answer.statusCode());
      assertEquals(1, answer.headers().allValues("Deprecation").size(), expected.getKey());
      assertEquals(1, answer.headers().allValues("Sunset").size(), expected.getKey());
    }
  }

  @Test
  void whatIsNotDeprecatedSaysNothing() {
    HttpResponse<String> answer = http.get("/.well-known/openid-configuration");

    assertEquals(List.of(), answer.headers().allValues("Deprecation"));
    assertEquals(List.of(), answer.headers().allValues("Sunset"));
  }
}
