package dev.gatewright.persistence.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.gatewright.Tokens;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each check finds that a ledger tells what is not so; of a true ledger, none finds anything. */
class FalsifiedLedgerTest {
  private static Stage stage;

  private Ledger truth = new Ledger();

  @BeforeAll
  static void start() {
    stage = Stage.start();
  }

  @AfterAll
  static void stop() {
    stage.close();
  }

  @BeforeEach
  void play() {
    truth = stage.play();
  }

  @Test
  void truthHasNoFindings() {
    try (Stage fresh = Stage.start()) {
      Findings findings = fresh.examine(fresh.play());
      assertEquals(List.of(), findings.all());
      for (Check check : Check.values()) {
        assertTrue(check == Check.RECOVERY || findings.looked(check) > 0, check.title());
      }
    }
    for (Act act : Act.values()) {
      assertTrue(truth.count(act, Outcome.ACKNOWLEDGED) > 0, act.title());
    }
  }

  @Test
  void accountThatIsNotThere() {
    truth.add(entry(Act.SIGN_UP, "nobody", "a fine long password", ""));
    assertFound(Check.ACCOUNTS);
  }

  @Test
  void passwordThatWasNotChanged() {
    Entry signUp = truth.of(Act.SIGN_UP).getLast();
    truth.add(entry(Act.CHANGE_PASSWORD, signUp.user(), "another password", ""));
    assertFound(Check.ACCOUNTS);
    assertFound(Check.AUDIT);
  }

  @Test
  void consentThatIsNotThere() {
    Entry signUp = truth.of(Act.SIGN_UP).getFirst();
    stage.database().execute("delete from consent");
    truth.add(entry(Act.CONSENT, signUp.user(), Scene.CLIENTS.getFirst(), ""));
    assertFound(Check.CONSENTS);
  }

  @Test
  void grantThatIsAlive() {
    Story alive = alive();
    truth.add(entry(Act.REVOKE_GRANT, alive.user, alive.head(), alive.grant));
    assertFound(Check.AUDIT);
    assertFound(Check.REVOKED);
  }

  @Test
  void accessTokenThatIsActive() {
    Story alive = alive();
    String token = alive.tokens.getLast().access();
    truth.add(entry(Act.REVOKE_TOKEN, alive.user, token, alive.grant));
    assertFound(Check.REVOKED);
  }

  /** Whoever repeats a refresh token is refused, and so the family has ended. */
  @Test
  void familyThatOutlivesTheSecondUseOfItsToken() {
    Story alive = alive();
    String spent = alive.answered.iterator().next();
    Act act = alive.code.equals(spent) ? Act.REDEEM : Act.REFRESH;
    truth.add(new Entry(act, Outcome.REFUSED, alive.user, spent, alive.grant, null));
    assertFound(Check.REVOKED);
  }

  @Test
  void refreshTokenThatWasGoodTwice() {
    Entry once = truth.of(Act.REFRESH, Outcome.ACKNOWLEDGED).getFirst();
    truth.add(once);
    assertFound(Check.SINGLE_USE);
  }

  /** Of families that were refreshed once, the second token is gone and the first one is back. */
  @Test
  void refreshTokenThatIsGoodAgain() {
    stage.database().execute("delete from refresh_token where redeemed_at is null");
    stage
        .database()
        .execute(
            """
            update refresh_token t
            join (select grant_id from refresh_token group by grant_id having count(*) = 1) once
              on once.grant_id = t.grant_id
            set t.redeemed_at = null
            """);
    stage.database().execute("update access_grant set revoked_at = null");
    assertFound(Check.SINGLE_USE);
  }

  @Test
  void codeThatIsGoodAgain() {
    stage.database().execute("update authorization_code set redeemed_at = null");
    stage.database().execute("delete from access_grant");
    assertFound(Check.SINGLE_USE);
  }

  @Test
  void refreshTokenThatIsLost() {
    stage.database().execute("delete from refresh_token where redeemed_at is null");
    assertFound(Check.ALIVE);
  }

  @Test
  void unusedRefreshTokenThatWasRefused() {
    Story alive = alive();
    truth.add(new Entry(Act.REFRESH, Outcome.REFUSED, alive.user, alive.head(), alive.grant, null));
    assertFound(Check.ALIVE);
  }

  @Test
  void rotationThatIsNotThere() {
    truth.add(entry(Act.ROTATE_KEY, "", "RS256", "a-kid-of-nobody"));
    assertFound(Check.ROTATIONS);
    assertFound(Check.AUDIT);
  }

  /** The second node is one of another database. */
  @Test
  void nodesThatDoNotAgree() {
    try (Stage other = Stage.start();
        Nodes both = new Nodes(List.of(stage.server().issuer(), other.server().issuer()))) {
      Findings findings = new Findings();
      new TokenCheck(both, KeySets.of(both), findings).run(truth);
      assertTrue(findings.checks().contains(Check.KEYS));
      assertTrue(findings.checks().contains(Check.REVOKED));
    }
  }

  @Test
  void loginWithoutItsAuditRow() {
    stage.database().execute("delete from audit_event where act = 'login'");
    assertFound(Check.AUDIT);
  }

  @Test
  void doubtfulActWithTwoAuditRows() {
    Entry login = truth.of(Act.LOGIN).getFirst();
    List<Entry> fewer = new ArrayList<>(truth.entries());
    fewer.remove(login);
    truth = new Ledger(fewer);
    assertFound(Check.AUDIT);
  }

  @Test
  void answersThatNobodyShouldGet() throws IOException {
    HttpServer broken =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    AtomicInteger status = new AtomicInteger(503);
    broken.createContext(
        "/",
        exchange -> {
          exchange.getResponseHeaders().set("Retry-After", "5");
          exchange.sendResponseHeaders(status.get(), -1);
          exchange.close();
        });
    broken.start();
    try (Nodes nodes = new Nodes(List.of("http://localhost:" + broken.getAddress().getPort()))) {
      nodes.send(Request.get("/"), new Random(0));
      assertEquals(List.of(), nodes.wrong());
      status.set(500);
      nodes.send(Request.get("/"), new Random(0));
      assertNotEquals(List.of(), nodes.wrong());

      Findings findings = new Findings();
      Recovery.await(nodes, Duration.ZERO, findings);
      assertEquals(List.of(Check.RECOVERY), findings.checks());
    } finally {
      broken.stop(0);
    }
  }

  private void assertFound(Check check) {
    assertTrue(stage.finds(check, truth), check.title());
  }

  /** A grant that nothing has ended, and that was refreshed. */
  private Story alive() {
    Predicate<Story> fits =
        story ->
            story.state == Story.State.ALIVE
                && story.revoked.isEmpty()
                && story.tokens.stream().map(Tokens::refresh).distinct().count() > 1;
    return Story.of(truth).stream().filter(fits).findFirst().orElseThrow();
  }

  private static Entry entry(Act act, String user, String subject, String detail) {
    return new Entry(act, Outcome.ACKNOWLEDGED, user, subject, detail, null);
  }
}
