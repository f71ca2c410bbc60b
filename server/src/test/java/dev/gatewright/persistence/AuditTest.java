package dev.gatewright.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatewright.Answer;
import dev.gatewright.Browser;
import dev.gatewright.ClientBuilder;
import dev.gatewright.DeviceFlow;
import dev.gatewright.Http;
import dev.gatewright.TestClient;
import dev.gatewright.TestDatabase;
import dev.gatewright.TestUsers;
import dev.gatewright.Tokens;
import dev.gatewright.audit.Act;
import dev.gatewright.audit.Audit;
import dev.gatewright.audit.AuditEvent;
import dev.gatewright.client.LoginClient;
import dev.gatewright.database.Transactions;
import dev.gatewright.persistence.AuditTrail.Row;
import dev.gatewright.user.User;
import io.micronaut.data.exceptions.DataAccessException;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each act that security rests on leaves exactly its row, in its own transaction (OWASP ASVS 5.0
 * §16.2, §16.3).
 */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class AuditTest {
  private static final String WRONG = "not the password";
  private static final Set<String> THIS_MACHINE = Set.of("127.0.0.1", "::1");

  private static Node node;

  private final AuditTrail trail = new AuditTrail(node.database());
  private final Http http = new Http(node.server());
  private final TestUsers users = new TestUsers(node.server());
  private final User user = users.user();
  private final TestClient web = ClientBuilder.web(node.server()).register();

  AuditTest(TestDatabase kind) {
    assertTrue(Set.of(TestDatabase.values()).contains(kind));
  }

  @BeforeParameterizedClassInvocation
  static void start(TestDatabase kind) {
    node = Node.start(new Database(kind.fresh()), Map.of());
  }

  @AfterParameterizedClassInvocation
  static void stop() {
    node.close();
  }

  @Test
  void loginAtThePageIsARow() {
    Browser browser = new Browser(node.server());
    Row row = one("login success user session", () -> browser.logIn(user));

    assertEquals(user.id().toString(), row.get("actor_id"));
    assertEquals(user.id().toString(), row.get("user_id"));
    assertEquals("", row.get("client_id"));
    assertEquals("amr=pwd", row.get("detail"));
    assertTrue(THIS_MACHINE.contains(row.get("address")), row.toString());
    assertEquals(7, UUID.fromString(row.get("request_id")).version());
    assertEquals(
        1, node.database().count("browser_session where sid = x'%s'".formatted(subjectHex(row))));
  }

  /** A user name is where passwords are typed by mistake: only that of an account is kept. */
  @Test
  void refusedLoginIsARowWithoutWhatWasTyped() {
    Row known = one("login refused anonymous user", () -> jsonLogin(user.username(), WRONG));
    assertEquals(user.id().toString(), known.get("subject_id"));
    assertEquals(user.id().toString(), known.get("user_id"));

    Row unknown = one("login refused anonymous", () -> jsonLogin("hunter2", WRONG));
    assertFalse(unknown.toString().contains("hunter2"), unknown.toString());

    Browser browser = new Browser(node.server());
    one(
        "login refused anonymous user",
        () ->
            browser.submit(
                "/login",
                browser.get("/login"),
                Map.of("login", user.username(), "password", WRONG)));
  }

  @Test
  void rowHasTheIdOfTheAnswer() {
    JsonNode problem = Http.body(401, jsonLogin(user.username(), WRONG));

    assertEquals(
        "urn:uuid:" + trail.rows().getLast().get("request_id"), problem.get("instance").asText());
  }

  /**
   * RFC 8628: the decision in the browser, the tokens at the device, and a second use of its code.
   */
  @Test
  void decisionOnADeviceIsAConsentAndItsTokensAreAGrant() {
    TestClient tv = ClientBuilder.device(node.server()).register();
    Browser browser = new Browser(node.server()).logIn(user);
    DeviceFlow device = tv.device("openid email");
    Row consent = one("consent success user client", () -> device.decide(browser, "allow"));
    assertEquals(user.id().toString(), consent.get("actor_id"));
    assertEquals(tv.clientId(), consent.get("subject_id"));
    assertEquals("scope=openid email", consent.get("detail"));
    Row grant = one("grant.issued success client grant", device::poll);
    assertEquals(user.id().toString(), grant.get("user_id"));
    Row reused = one("device_code.reused refused client grant", device::poll);
    assertEquals(grant.get("subject_id"), reused.get("subject_id"));
    assertEquals(user.id().toString(), reused.get("user_id"));

    DeviceFlow refused = tv.device("openid");
    one("consent refused user client", () -> refused.decide(browser, "deny"));
    assertSummaries(trail.during(refused::poll));
  }

  @Test
  void loginByJsonIsALoginAndAGrant() {
    List<Row> rows = trail.during(() -> users.logIn(user));

    assertSummaries(rows, "login success user grant", "grant.issued success client grant");
    assertEquals(rows.getFirst().get("subject_id"), rows.getLast().get("subject_id"));
    assertEquals(LoginClient.CLIENT_ID, rows.getFirst().get("client_id"));
    assertEquals(user.id().toString(), rows.getLast().get("user_id"));
  }

  @Test
  void signUpIsARowAndARefusedOneIsNone() {
    String name = TestUsers.freshName();
    String account =
        "{\"username\":\"%s\",\"password\":\"%s\"}".formatted(name, TestUsers.PASSWORD);
    Row row =
        one(
            "user.created success anonymous user",
            () -> Http.body(201, http.json("POST", "/api/users", account)));
    assertEquals("role=user", row.get("detail"));
    assertSummaries(trail.during(() -> Http.body(409, http.json("POST", "/api/users", account))));

    Browser browser = new Browser(node.server());
    assertSummaries(
        trail.during(() ->
            browser.submit(
                "/sign-up",
                browser.get("/sign-up"),
                Map.of("username", TestUsers.freshName(), "password", TestUsers.PASSWORD))),
        "user.created success anonymous user",
        "login success user session");
  }

  @Test
  void logoutIsARow() {
    Browser browser = new Browser(node.server()).logIn(user);
    String session = trail.rows().getLast().get("subject_id");
    Row row =
        one(
            "logout success user session",
            () -> browser.submit("/logout", browser.get("/logout"), Map.of()));
    assertEquals(session, row.get("subject_id"));
  }

  @Test
  void sessionsEndedFromElsewhereAreRows() {
    Browser here = new Browser(node.server()).logIn(user);
    new Browser(node.server()).logIn(user);
    String sid = trail.rows().getLast().get("subject_id");
    String bearer = users.bearer(user);
    Row byApi =
        one(
            "session.revoked success user session",
            () -> api(204, bearer, "DELETE", "/api/user/sessions/" + sid, ""));
    assertEquals(sid, byApi.get("subject_id"));
    assertSummaries(
        trail.during(() -> api(404, bearer, "DELETE", "/api/user/sessions/" + sid, "")));

    new Browser(node.server()).logIn(user);
    new Browser(node.server()).logIn(user);
    Row others =
        one(
            "session.revoked success user user",
            () ->
                here.submit(
                    "/account/sessions",
                    here.get("/account/sessions"),
                    Map.of("session", "others")));
    assertEquals("sessions=2", others.get("detail"));

    User administrator = users.administrator();
    String asAdministrator = users.bearer(administrator);
    Row all =
        one(
            "session.revoked success user user",
            () -> api(204, asAdministrator, "DELETE", "/api/users/" + user.id() + "/sessions", ""));
    assertEquals(administrator.id().toString(), all.get("actor_id"));
    assertEquals(user.id().toString(), all.get("user_id"));
  }

  @Test
  void changesOfAnAccountAreRows() {
    String bearer = users.bearer(user);
    Row changed =
        one(
            "user.changed success user user",
            () ->
                Http.body(
                    200,
                    http.json(
                        "PATCH",
                        "/api/user",
                        "{\"email\":\"new-%s@example.org\",\"name\":null}"
                            .formatted(user.username()),
                        "Authorization",
                        bearer)));
    assertEquals("changed=email name", changed.get("detail"));
    assertEquals(LoginClient.CLIENT_ID, changed.get("client_id"));

    one("password.changed refused user user", () -> changePassword(bearer, WRONG));
    one("password.changed success user user", () -> changePassword(bearer, TestUsers.PASSWORD));
    one(
        "user.deleted success user user",
        () ->
            assertEquals(
                204, http.send("DELETE", "/api/user", "", "Authorization", bearer).statusCode()));
  }

  @Test
  void consentIsARowWhetherGivenOrRefused() {
    TestClient asking = ClientBuilder.web(node.server()).withConsent().register();
    Browser browser = new Browser(node.server()).logIn(user);
    String page = Answer.of(asking.flow().send(browser)).location();
    Row refused =
        one(
            "consent refused user client",
            () -> browser.submit("/consent", browser.get(page), Map.of("decision", "deny")));
    assertEquals(asking.clientId(), refused.get("subject_id"));
    assertEquals(user.id().toString(), refused.get("user_id"));

    String again = Answer.of(asking.flow().send(browser)).location();
    Row given =
        one(
            "consent success user client",
            () -> browser.submit("/consent", browser.get(again), Map.of("decision", "allow")));
    assertEquals("scope=openid user:read", given.get("detail"));
  }

  /** RFC 6749 §4.1.2: the second use is one act, however often it is repeated. */
  @Test
  void grantAndReuseOfItsCodeAreRows() {
    var flow = web.flow();
    String code = flow.code(user);
    Row issued = one("grant.issued success client grant", () -> flow.redeem(code));
    assertEquals(web.clientId(), issued.get("actor_id"));
    assertEquals(user.id().toString(), issued.get("user_id"));
    assertEquals("scope=openid user:read", issued.get("detail"));

    Row reused = one("code.reused refused client grant", () -> flow.redeem(code));
    assertEquals(issued.get("subject_id"), reused.get("subject_id"));
    assertEquals(user.id().toString(), reused.get("user_id"));
    assertSummaries(trail.during(() -> flow.redeem(code)));
  }

  /** RFC 9700 §4.14.2. A refresh by itself is a metric, not a row. */
  @Test
  void reuseOfARefreshTokenIsARow() {
    Tokens tokens = offline();
    assertSummaries(trail.during(() -> web.refresh(tokens.refresh())));
    one("refresh_token.reused refused client grant", () -> web.refresh(tokens.refresh()));
    assertSummaries(trail.during(() -> web.refresh(tokens.refresh())));
  }

  /** RFC 7009 §2.1. */
  @Test
  void revocationIsARowWhenItEndsSomething() {
    Tokens tokens = offline();
    Row access = one("token.revoked success client token", () -> revoke(tokens.access()));
    assertEquals(Tokens.claims(tokens.access()).get("jti").asText(), access.get("subject_id"));
    assertEquals(user.id().toString(), access.get("user_id"));
    one("grant.revoked success client grant", () -> revoke(tokens.refresh()));
    assertSummaries(
        trail.during(() -> {
          revoke(tokens.access());
          revoke(tokens.refresh());
          revoke("gwr_unknown");
        }));
  }

  /** A client that fails is a row; one that does its work is none. */
  @Test
  void refusedClientAuthenticationIsARow() {
    TestClient machine = ClientBuilder.machine(node.server()).resourceServer().register();
    assertSummaries(
        trail.during(() -> {
          String token = machine.ownTokens("users:read").access();
          machine.post("/oauth2/introspect", Map.of("token", token));
        }));

    TestClient thief = new TestClient(node.server(), machine.clientId(), WRONG, "");
    Row known =
        one(
            "client.authenticated refused anonymous client",
            () -> thief.post("/oauth2/token", Map.of("grant_type", "client_credentials")));
    assertEquals(machine.clientId(), known.get("subject_id"));

    TestClient unknown = new TestClient(node.server(), "nobody-knows-me", WRONG, "");
    Row row =
        one(
            "client.authenticated refused anonymous",
            () -> unknown.post("/oauth2/token", Map.of("grant_type", "client_credentials")));
    assertFalse(row.toString().contains("nobody-knows-me"), row.toString());
  }

  @Test
  void administrationIsRows() {
    User administrator = users.administrator();
    String bearer = users.bearer(administrator);
    String name = TestUsers.freshName();
    Row created =
        one(
            "client.created success user client",
            () -> api(201, bearer, "POST", "/api/clients", registration(name)));
    assertEquals(administrator.id().toString(), created.get("actor_id"));
    assertEquals(LoginClient.CLIENT_ID, created.get("client_id"));
    assertEquals(name, created.get("subject_id"));

    String client = "/api/clients/" + name;
    Row changed =
        one(
            "client.changed success user client",
            () ->
                api(
                    200,
                    bearer,
                    "PATCH",
                    client,
                    "{\"redirect_uris\":[\"https://b.example/\"],\"default_max_age\":60}"));
    assertEquals("changed=redirect_uris default_max_age", changed.get("detail"));
    assertSummaries(
        trail.during(() -> {
          api(200, bearer, "PATCH", client, "{\"client_name\":\"A\"}"); // which it is already
          api(400, bearer, "PATCH", client, "{\"redirect_uris\":[\"no URI\"]}");
          api(409, bearer, "POST", "/api/clients", registration(name));
        }));
    one(
        "client.secret_rotated success user client",
        () -> api(200, bearer, "POST", client + "/secret", ""));
    one("client.deleted success user client", () -> api(204, bearer, "DELETE", client, ""));

    String resource =
        "{\"identifier\":\"https://%s.example\",\"name\":\"R\",\"scopes\":[{\"scope\":\"%s\",\"description\":\"d\"}]}"
            .formatted(name, name);
    Row made =
        one(
            "resource.created success user resource",
            () -> api(201, bearer, "POST", "/api/resources", resource));
    String path = "/api/resources/" + made.get("subject_id");
    Row renamed =
        one(
            "resource.changed success user resource",
            () -> api(200, bearer, "PATCH", path, "{\"name\":\"S\"}"));
    assertEquals("changed=name", renamed.get("detail"));
    one("resource.deleted success user resource", () -> api(204, bearer, "DELETE", path, ""));
  }

  @Test
  void rotationOfKeysIsRows() {
    User administrator = users.administrator();
    String bearer = users.bearer(administrator);
    String alg = "{\"alg\":\"PS256\"}";
    Row gentle =
        one("key.rotated success user key", () -> api(201, bearer, "POST", "/api/keys", alg));
    assertEquals(administrator.id().toString(), gentle.get("actor_id"));
    assertTrue(
        gentle.get("detail").startsWith("alg=PS256; cause=on_demand; signs_from="),
        gentle.toString());
    assertSummaries(trail.during(() -> api(200, bearer, "POST", "/api/keys", alg)));

    String compromised = "{\"alg\":\"PS256\",\"compromised\":true}";
    List<Row> rows = trail.during(() -> api(201, bearer, "POST", "/api/keys", compromised));
    assertSummaries(
        rows,
        "key.rotated success user key",
        "key.deleted success user key",
        "key.deleted success user key");
    assertEquals("alg=PS256; cause=compromise", rows.getLast().get("detail"));
    assertEquals(gentle.get("subject_id"), rows.getLast().get("subject_id"));
    List<Row> first =
        trail.rows().stream().filter(row -> row.get("act").equals("key.created")).toList();
    assertEquals(4, first.size());
    assertEquals("key.created success system key", first.getFirst().summary());
  }

  /** RFC 7591, RFC 7592: whose token it was that let the client in, and then the client itself. */
  @Test
  void registrationByClientsIsRows() {
    String bearer = users.bearer(users.administrator());
    HttpResponse<String> made =
        http.json("POST", "/api/registration-tokens", "{\"name\": \"A\"}", "Authorization", bearer);
    Row initial = trail.rows().getLast();
    assertEquals("initial_access_token.created success user token", initial.summary());

    String token = Http.body(201, made).get("token").asText();
    String metadata = "{\"redirect_uris\": [\"https://client.example/\"]}";
    HttpResponse<String> registered =
        http.json("POST", "/oauth2/register", metadata, "Authorization", "Bearer " + token);
    JsonNode client = Http.body(201, registered);
    Row created = trail.rows().getLast();
    assertEquals("client.created success anonymous client", created.summary());
    assertEquals(client.get("client_id").asText(), created.get("subject_id"));

    String path = "/oauth2/register/" + client.get("client_id").asText();
    one("client.authenticated refused anonymous", () -> api(401, "Bearer x", "GET", path, ""));
    String own = "Bearer " + client.get("registration_access_token").asText();
    one("client.deleted success client client", () -> api(204, own, "DELETE", path, ""));
    one(
        "initial_access_token.deleted success user token",
        () ->
            api(
                204,
                bearer,
                "DELETE",
                "/api/registration-tokens/" + initial.get("subject_id"),
                ""));
  }

  /** The first administrator was made before any request. */
  @Test
  void whatTheServerDoesByItselfHasNoAddress() {
    Row first =
        trail.rows().stream()
            .filter(row -> row.get("detail").equals("role=administrator"))
            .findFirst()
            .orElseThrow();
    assertEquals("user.created success system user", first.summary());
    assertEquals("", first.get("address"));
    assertEquals("", first.get("request_id"));
  }

  /** An act that is not done leaves no row, one that the database asks to repeat leaves one. */
  @Test
  void rowSharesTheFateOfItsAct() {
    Transactions transactions = node.bean(Transactions.class);
    Audit audit = node.bean(Audit.class);
    AuditEvent event = AuditEvent.success(Act.GRANT_REVOKED);
    assertSummaries(
        trail.during(() ->
            assertThrows(
                IllegalArgumentException.class,
                () ->
                    transactions.run(() -> {
                      audit.record(event);
                      throw new IllegalArgumentException();
                    }))));

    AtomicInteger attempts = new AtomicInteger();
    one(
        "grant.revoked success system",
        () ->
            transactions.run(() -> {
              audit.record(event);
              if (attempts.incrementAndGet() < 3) {
                throw new DataAccessException("given up", new SQLException("", "40001", 1213));
              }
            }));
    assertEquals(3, attempts.get());
  }

  /** Whatever an identifier came from, it breaks neither the row nor the screen that shows it. */
  @Test
  void rowHoldsOnlyWhatCanBeShown() {
    Row row =
        one(
            "grant.revoked success system",
            () ->
                node.bean(Audit.class)
                    .record(
                        AuditEvent.success(Act.GRANT_REVOKED)
                            .with("scope", "a\r\nb\u0000\u202Eé" + "x".repeat(1000))));
    assertTrue(row.get("detail").startsWith("scope=a??b???x"), row.toString());
    assertEquals(500, row.get("detail").length());
  }

  private Row one(String summary, Runnable act) {
    List<Row> rows = trail.during(act);
    assertSummaries(rows, summary);
    return rows.getFirst();
  }

  private static void assertSummaries(List<Row> rows, String... expected) {
    assertEquals(List.of(expected), rows.stream().map(Row::summary).toList(), rows.toString());
  }

  private Tokens offline() {
    return web.flow().with("scope", "openid user:read offline_access").tokens(user);
  }

  private void revoke(String token) {
    assertEquals(200, web.post("/oauth2/revoke", Map.of("token", token)).statusCode());
  }

  private HttpResponse<String> jsonLogin(String login, String password) {
    return http.json(
        "POST", "/api/login", "{\"login\":\"%s\",\"password\":\"%s\"}".formatted(login, password));
  }

  private void changePassword(String bearer, String current) {
    http.json(
        "PUT",
        "/api/user/password",
        "{\"current_password\":\"%s\",\"new_password\":\"another fine password\"}"
            .formatted(current),
        "Authorization",
        bearer);
  }

  private void api(int status, String bearer, String method, String path, String body) {
    HttpResponse<String> response =
        body.isEmpty()
            ? http.send(method, path, body, "Authorization", bearer)
            : http.json(method, path, body, "Authorization", bearer);
    assertEquals(status, response.statusCode(), response.body());
  }

  private static String registration(String clientId) {
    return ("{\"client_id\":\"%s\",\"client_name\":\"A\",\"scope\":\"openid\","
            + "\"redirect_uris\":[\"https://a.example/\"]}")
        .formatted(clientId);
  }

  private static String subjectHex(Row row) {
    return row.get("subject_id").replace("-", "");
  }
}
