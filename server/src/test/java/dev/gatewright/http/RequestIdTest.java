package dev.gatewright.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.gatewright.Http;
import dev.gatewright.TestServer;
import dev.gatewright.TestUsers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** One id for a request, in its log lines and in the answer to a refusal (OWASP ASVS 5.0 §16.2). */
class RequestIdTest {
  private static final Pattern URN = Pattern.compile("urn:uuid:([0-9a-f-]{36})");

  private static TestServer server;
  private static Http http;

  @BeforeAll
  static void start() {
    server = TestServer.start();
    http = new Http(server);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void refusalIsAnsweredWithTheIdOfItsLogLine() {
    for (String path : List.of("/api/nothing-here", "/nothing-here", "/oauth2/auth")) {
      List<ILoggingEvent> lines;
      HttpResponse<String> response;
      try (Log log = new Log("dev.gatewright.http", Level.INFO)) {
        response = http.get(path);
        lines = log.lines();
      }
      assertEquals(1, lines.size(), lines.toString());
      assertEquals(id(response), lines.getFirst().getMDCPropertyMap().get("request_id"), path);
    }
  }

  /** Also the lines of what a request has others do, on whatever thread. */
  @Test
  void everyLineOfARequestHasItsIdAndNoneOfAnother() {
    String bearer = new TestUsers(server).bearer(new TestUsers(server).user());
    try (Log log = new Log("io.micronaut.data.query", Level.DEBUG)) {
      http.get("/api/user/sessions", "Authorization", bearer);
      var first = ids(log.lines());
      log.forget();
      http.get("/api/user/sessions", "Authorization", bearer);
      var second = ids(log.lines());

      assertEquals(1, first.size(), first.toString());
      assertEquals(1, second.size(), second.toString());
      assertNotEquals(first, second);
      assertFalse(first.contains("none"), first.toString());
    }
  }

  /** A caller's word does not get into the log. */
  @Test
  void idsThatCallersSendAreNotTaken() {
    UUID sent = UUID.randomUUID();
    HttpResponse<String> response =
        http.get(
            "/api/nothing-here",
            "X-Request-Id",
            sent.toString(),
            "X-Correlation-Id",
            sent.toString(),
            "traceparent",
            "00-" + sent.toString().replace("-", "") + "-00f067aa0ba902b7-01");

    assertNotEquals(sent.toString(), id(response));
    assertNotEquals(id(response), id(http.get("/api/nothing-here")));
  }

  private static Set<String> ids(List<ILoggingEvent> lines) {
    assertTrue(lines.size() > 1, lines.toString());
    return lines.stream()
        .map(line -> line.getMDCPropertyMap().getOrDefault("request_id", "none"))
        .collect(Collectors.toSet());
  }

  private static String id(HttpResponse<String> response) {
    Matcher urn = URN.matcher(response.body());
    assertTrue(urn.find(), response.body());
    return urn.group(1);
  }

  /** What a logger writes meanwhile. */
  private static final class Log implements AutoCloseable {
    private final Logger logger;
    private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

    Log(String name, Level level) {
      logger = (Logger) LoggerFactory.getLogger(name);
      logger.setLevel(level);
      appender.start();
      logger.addAppender(appender);
    }

    /** But for those of what a server does by itself meanwhile. */
    List<ILoggingEvent> lines() {
      return List.copyOf(appender.list).stream()
          .filter(line ->
              !line.getThreadName().equals("purge")
                  && !line.getThreadName().startsWith("scheduled"))
          .toList();
    }

    void forget() {
      appender.list.clear();
    }

    @Override
    public void close() {
      logger.detachAppender(appender);
      logger.setLevel(null);
    }
  }
}
