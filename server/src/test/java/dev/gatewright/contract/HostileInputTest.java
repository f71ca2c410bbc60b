package dev.gatewright.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatewright.Http;
import dev.gatewright.RawHttp;
import dev.gatewright.TestServer;
import dev.gatewright.contract.Attempt.Kind;
import dev.gatewright.contract.ServedContract.Operation;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Requests made from the contract itself, valid, nearly valid and wild, for every operation: no
 * answer is the server's fault, outside the contract, or late; nothing tells of the inside; what
 * the contract allows is never refused as malformed.
 *
 * <p>{@code -Dhostile.seed=7} asks for others than usual, {@code -Dhostile.requests=2000} for more
 * of each operation. A request depends on the seed, its operation and its number alone, but for the
 * names of what there is.
 */
class HostileInputTest {
  private static final long SEED = Long.getLong("hostile.seed", 1);
  private static final int REQUESTS = Integer.getInteger("hostile.requests", 50);
  private static final int MOST_FINDINGS = 5;
  private static final int LONGEST_MILLIS = 10_000;
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Pattern INSIDE =
      Pattern.compile(
          "\\tat |\\.java:\\d|dev\\.gatewright\\.|io\\.micronaut|java\\.(lang|util)\\.");

  /** What only a request that breaks the contract is told. */
  private static final Set<Integer> MALFORMED = Set.of(405, 406, 413, 414, 415, 431);

  private static final Pattern MALFORMED_FIELD =
      Pattern.compile(
          "cannot be read|is malformed|must not be null|must match|size must be|must be"
              + " (less|greater) than");

  private static TestServer server;
  private static Guests guests;
  private static Attempts attempts;

  @BeforeAll
  static void start() {
    server =
        TestServer.start(
            Map.of(
                "gatewright.registration.mode",
                "open",
                "gatewright.trusted-proxies",
                "127.0.0.1, ::1", // each request is from an address of its own
                "logger.levels.dev.gatewright",
                "ERROR"));
    guests = new Guests(server);
    attempts = new Attempts(ServedContract.get(), guests);
  }

  @AfterAll
  static void theServerIsAliveAndNothingIsStuck(@TempDir Path folder) throws Exception {
    assertEquals(200, new Http(server).get("/health").statusCode());
    assertEquals(List.of(), StuckThreads.await(folder, Duration.ofSeconds(10)));
    server.close();
  }

  @TestFactory
  Stream<DynamicTest> everyOperationAnswersAsItSays() {
    return ServedContract.get().operations().stream()
        .map(operation -> dynamicTest(operation.toString(), () -> ask(operation)));
  }

  private static void ask(Operation operation) throws IOException {
    List<String> findings = new ArrayList<>();
    for (int number = 0; number < REQUESTS && findings.size() < MOST_FINDINGS; number++) {
      Random random = new Random(mixed(operation, number));
      Attempt attempt = attempts.make(operation, random);
      Exchanges.take();
      RawHttp.Reply reply = send(attempt);
      List<String> found = findings(attempt, reply);
      if (!found.isEmpty()) {
        findings.add(
            "%s\n  number %d, %s\n    %s"
                .formatted(String.join("\n", found), number, attempt, shortened(reply)));
      }
      learn(operation, reply);
    }
    if (!findings.isEmpty()) {
      fail("-Dhostile.seed=" + SEED + "\n" + String.join("\n", findings));
    }
  }

  /** No two seeds share requests. */
  private static long mixed(Operation operation, int number) {
    return SEED * 0x9E3779B97F4A7C15L ^ operation.id().hashCode() * 0xC2B2AE3D27D4EB4FL ^ number;
  }

  private static RawHttp.Reply send(Attempt attempt) throws IOException {
    try (Socket socket = RawHttp.connect(server)) {
      try {
        socket.getOutputStream().write(attempt.octets(RawHttp.host(server)));
      } catch (IOException e) {
        // it has seen enough; the answer is there
      }
      return RawHttp.read(socket, LONGEST_MILLIS);
    }
  }

  private static List<String> findings(Attempt attempt, RawHttp.Reply reply) {
    List<String> findings = new ArrayList<>();
    for (Exchange exchange : Exchanges.take()) {
      findings.addAll(ContractCheck.shared().findings(exchange));
    }
    if (!reply.closed()) {
      findings.add("No end of the answer within " + LONGEST_MILLIS + " ms");
    }
    if (reply.status() >= 500 || (reply.status() == 0 && attempt.kind != Kind.WILD)) {
      findings.add("The server failed: " + reply.status());
    }
    if (INSIDE.matcher(reply.text()).find()) {
      findings.add("The answer tells of the inside");
    }
    if (attempt.kind == Kind.VALID
        && (MALFORMED.contains(reply.status())
            || (reply.status() == 400 && MALFORMED_FIELD.matcher(reply.body()).find()))) {
      findings.add("What the contract allows is refused as malformed: " + reply.status());
    }
    return findings;
  }

  /** Goes by what there is now, and by who is still let in. */
  private static void learn(Operation operation, RawHttp.Reply reply) {
    if (reply.status() == 401 || operation.method().equals("DELETE")) {
      guests.replace();
    }
    if (reply.status() / 100 == 2 && reply.header("Content-Type").startsWith("application/json")) {
      try {
        guests.learn(operation.template(), JSON.readTree(reply.body()));
      } catch (JsonProcessingException e) {
        assertTrue(operation.method().equals("GET"), "A HEAD has no body");
      }
    }
  }

  private static String shortened(RawHttp.Reply reply) {
    return reply
        .text()
        .substring(0, Math.min(reply.text().length(), 800))
        .replace("\r\n", "\n    ");
  }
}
