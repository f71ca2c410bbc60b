package dev.gatewright.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatewright.Http;
import dev.gatewright.TestDatabase;
import dev.gatewright.TestUsers;
import dev.gatewright.persistence.ledger.Link;
import dev.gatewright.persistence.ledger.RowCheck;
import java.net.URI;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The connection to the database is lost at every command of an act, before the database hears of
 * it or before its answer comes back: what the caller is told is true, nothing is written by
 * halves, and the next try is answered as defined.
 */
@ParameterizedClass
@EnumSource(names = {"MARIADB", "MYSQL"})
class ConnectionLossTest {
  private static Link link;
  private static Node node;

  /** What is done, and how it is done again and proven. */
  private enum Act {
    SIGN_UP,
    JSON_LOGIN,
    FORM_LOGIN,
    CONSENT,
    REDEMPTION,
    REFRESH,
    REVOCATION,
    PASSWORD_CHANGE
  }

  /**
   * @param spent the status of a second use
   * @param proof whether what succeeded is stored
   */
  private record Attempt(
      Supplier<HttpResponse<String>> act, int success, int spent, Supplier<Boolean> proof) {}

  ConnectionLossTest(TestDatabase kind) {}

  @BeforeParameterizedClassInvocation
  static void start(TestDatabase kind) {
    Database database = new Database(kind.fresh());
    String url = database.configuration().get("datasources.default.url").toString();
    int port = URI.create(url.substring("jdbc:".length())).getPort();
    link = new Link(port);
    Map<String, Object> past = new HashMap<>(database.configuration());
    past.put("datasources.default.url", url.replace(":" + port + "/", ":" + link.port() + "/"));
    past.put("gatewright.refresh-tokens.reuse-grace", "60s");
    node = new Node(Node.start(new Database(past), Map.of()).server(), database);
  }

  @AfterParameterizedClassInvocation
  static void stop() {
    node.close();
    link.close();
  }

  @AfterEach
  void nothingIsWrittenByHalves() throws SQLException {
    try (Connection connection = node.database().connect()) {
      for (RowCheck check : RowCheck.values()) {
        assertEquals(List.of(), check.find(connection), check.name());
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void lossAtAnyCommandIsToldTruly(Act act) {
    for (Link.Loss loss : Link.Loss.values()) {
      int command = 0;
      boolean lost = true;
      while (lost) {
        command++;
        String where = act + ", " + loss + " " + command;
        Attempt attempt = prepare(act);
        link.loseAt(command, loss);
        HttpResponse<String> answer = attempt.act.get();
        lost = link.lost();
        if (answer.statusCode() != attempt.success) {
          assertTrue(lost, where + ": " + answer + answer.body());
          assertEquals(503, answer.statusCode(), where + ": " + answer.body());
          assertTrue(answer.headers().firstValue("Retry-After").isPresent(), where);
          // spent where it was committed: a command follows that, which readies the connection
          HttpResponse<String> again = attempt.act.get();
          assertTrue(
              again.statusCode() == attempt.success || again.statusCode() == attempt.spent,
              where + ", again: " + again + again.body());
          if (act == Act.REDEMPTION && again.statusCode() == attempt.spent) {
            continue; // RFC 6749 §4.1.2: whoever comes second gets nothing
          }
        }
        assertTrue(attempt.proof.get(), where + " is not stored");
      }
      assertTrue(command > 1, act + " asks the database nothing");
    }
  }

  private static Attempt prepare(Act act) {
    Http http = new Http(node.server());
    String name = TestUsers.freshName();
    if (act == Act.SIGN_UP) {
      return new Attempt(
          () -> signUp(http, name), 201, 409, () -> logsIn(http, name, TestUsers.PASSWORD));
    }
    Http.body(201, signUp(http, name));
    if (act == Act.JSON_LOGIN) {
      HttpResponse<String>[] last = answers();
      return new Attempt(
          () -> last[0] = logIn(http, name, TestUsers.PASSWORD), 200, 200, () -> works(http, last));
    }
    if (act == Act.PASSWORD_CHANGE) {
      String access =
          CodeFlow.text(Http.body(200, logIn(http, name, TestUsers.PASSWORD)), "access_token");
      String fresh = "another long password";
      return new Attempt(
          () ->
              http.json(
                  "PUT",
                  "/api/user/password",
                  "{\"current_password\":\"%s\",\"new_password\":\"%s\"}"
                      .formatted(TestUsers.PASSWORD, fresh),
                  "Authorization",
                  "Bearer " + access),
          204,
          400,
          () -> logsIn(http, name, fresh) && !logsIn(http, name, TestUsers.PASSWORD));
    }
    CodeFlow flow = CodeFlow.ofNewClient(node.server());
    if (act == Act.FORM_LOGIN || act == Act.CONSENT) {
      return atPage(act, http, flow, name);
    }
    String code = flow.logInAndConsent(http, name, Map.of()).get("code");
    HttpResponse<String>[] last = answers();
    if (act == Act.REDEMPTION) {
      return new Attempt(
          () -> last[0] = flow.redeem(http, code), 200, 400, () -> works(http, last));
    }
    JsonNode tokens = Http.body(200, flow.redeem(http, code));
    if (act == Act.REFRESH) {
      return new Attempt(
          () -> last[0] = flow.refresh(http, tokens), 200, 200, () -> works(http, last));
    }
    return new Attempt(
        () -> flow.revoke(http, CodeFlow.text(tokens, "refresh_token")),
        200,
        200,
        () -> flow.refresh(http, tokens).statusCode() == 400);
  }

  /** At the login page or, logged in, at that of consent. */
  private static Attempt atPage(Act act, Http http, CodeFlow flow, String name) {
    String request = flow.authorizationRequest(Map.of());
    String page = CodeFlow.redirect(http.get(request));
    Map<String, String> form = form(http, page);
    form.put("login", name);
    form.put("password", TestUsers.PASSWORD);
    if (act == Act.FORM_LOGIN) {
      return new Attempt(
          () -> http.form("/login", form),
          303,
          303,
          () -> CodeFlow.redirect(http.get(request)).startsWith("/consent"));
    }
    String consentPage = CodeFlow.redirect(http.get(CodeFlow.redirect(http.form("/login", form))));
    Map<String, String> consent = form(http, consentPage);
    consent.put("decision", "allow");
    return new Attempt(
        () -> http.form("/consent", consent),
        303,
        303,
        () -> flow.answer(http.get(request)).containsKey("code"));
  }

  private static Map<String, String> form(Http http, String page) {
    Map<String, String> query = CodeFlow.query(page);
    Map<String, String> form = new HashMap<>();
    form.put("csrf_token", http.csrf(page));
    form.put("client_id", query.get("client_id"));
    form.put("request_uri", query.get("request_uri"));
    return form;
  }

  @SuppressWarnings("unchecked")
  private static HttpResponse<String>[] answers() {
    return (HttpResponse<String>[]) new HttpResponse<?>[1];
  }

  private static boolean works(Http http, HttpResponse<String>[] last) {
    return CodeFlow.user(http, Http.body(200, last[0])).statusCode() == 200;
  }

  private static boolean logsIn(Http http, String name, String password) {
    return logIn(http, name, password).statusCode() == 200;
  }

  private static HttpResponse<String> logIn(Http http, String name, String password) {
    return http.json("POST", "/api/login", account("login", name, password));
  }

  private static HttpResponse<String> signUp(Http http, String name) {
    return http.json("POST", "/api/users", account("username", name, TestUsers.PASSWORD));
  }

  private static String account(String key, String name, String password) {
    return "{\"%s\":\"%s\",\"password\":\"%s\"}".formatted(key, name, password);
  }
}
