package dev.gatewright.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatewright.Http;
import dev.gatewright.TestDatabase;
import dev.gatewright.Tokens;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Of 64 who use the same value in the same moment, at two instances on one database, exactly one
 * succeeds; and because the others are taken for thieves, what it got is revoked (RFC 6749 §4.1.2,
 * RFC 9700 §4.14.2).
 */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class SingleUseTest {
  private static final int CONTENDERS = 64;

  /** Fewer where each costs most; {@code -Draces.rounds=200} for all alike. */
  private static final int ROUNDS = 200;

  private static final int ROUNDS_IN_A_CLUSTER = 20;

  @TempDir static Path folder;

  private static TwoNodes nodes;
  private static List<Http> contenders;
  private static Contestant contestant;

  private final TestDatabase kind;
  private final int rounds;

  SingleUseTest(TestDatabase kind) {
    this.kind = kind;
    this.rounds =
        Integer.getInteger(
            "races.rounds", kind == TestDatabase.GALERA ? ROUNDS_IN_A_CLUSTER : ROUNDS);
  }

  @BeforeParameterizedClassInvocation
  static void start(TestDatabase kind) throws IOException {
    Path bootstrap = Files.writeString(folder.resolve(kind + ".yml"), Contestant.BOOTSTRAP);
    nodes = TwoNodes.start(kind, Map.of("gatewright.bootstrap-file", bootstrap.toString()));
    contenders = IntStream.range(0, CONTENDERS).mapToObj(i -> new Http(nodes.url(i))).toList();
    contestant = new Contestant(nodes.url(0));
  }

  @AfterParameterizedClassInvocation
  static void stop() throws Exception {
    nodes.close();
  }

  @ParameterizedTest
  @EnumSource
  void ofManyWhoUseItOneWins(SingleUse value) {
    for (int round = 0; round < rounds; round++) {
      String where = kind + ", round " + round;
      Map<String, String> use = value.fresh(contestant);
      List<HttpResponse<String>> answers =
          Race.run(CONTENDERS, i -> () -> Contestant.token(contenders.get(i), use));

      List<HttpResponse<String>> winners =
          answers.stream().filter(answer -> answer.statusCode() == 200).toList();
      assertEquals(1, winners.size(), where);
      for (HttpResponse<String> answer : answers) {
        if (answer.statusCode() != 200) {
          assertEquals("invalid_grant", Http.body(400, answer).get("error").asText(), where);
        }
      }
      Tokens won = Tokens.of(winners.getFirst());
      Http.body(
          401,
          contenders.get(round % 2).get("/api/user", "Authorization", "Bearer " + won.access()));
      Http.body(400, Contestant.token(contenders.getFirst(), Contestant.refresh(won.refresh())));
    }
  }

  /** RFC 7523 §3: whoever sends it too is refused, and the winner keeps what it got. */
  @Test
  void ofManyWhoSendOneClientAssertionOneIsAuthenticated() {
    for (int round = 0; round < rounds; round++) {
      String where = kind + ", round " + round;
      Map<String, String> form = Contestant.assertion(TwoNodes.ISSUER);
      List<HttpResponse<String>> answers =
          Race.run(CONTENDERS, i -> () -> contenders.get(i).form("/oauth2/token", form));

      assertEquals(1, answers.stream().filter(answer -> answer.statusCode() == 200).count(), where);
      for (HttpResponse<String> answer : answers) {
        if (answer.statusCode() != 200) {
          assertEquals("invalid_client", Http.body(401, answer).get("error").asText(), where);
        }
      }
    }
  }
}
