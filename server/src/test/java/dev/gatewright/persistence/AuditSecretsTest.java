package dev.gatewright.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatewright.Browser;
import dev.gatewright.ClientBuilder;
import dev.gatewright.DeviceFlow;
import dev.gatewright.Http;
import dev.gatewright.TestClient;
import dev.gatewright.TestDatabase;
import dev.gatewright.TestUsers;
import dev.gatewright.Tokens;
import dev.gatewright.user.User;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the audit trail never holds, and how much of it anyone can fill. */
class AuditSecretsTest {
  private static Node node;

  @BeforeAll
  static void start() {
    node =
        Node.start(
            new Database(TestDatabase.H2.fresh()),
            Map.of("gatewright.trusted-proxies", "127.0.0.1,::1"));
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @Test
  void noColumnOfAnyRowHoldsASecret() {
    List<String> secrets = new ArrayList<>(List.of(TestUsers.PASSWORD, "another fine password"));
    User user = new TestUsers(node.server()).user();
    Http http = new Http(node.server());
    TestClient client = ClientBuilder.web(node.server()).withConsent().register();
    secrets.add(client.secret());

    Browser browser = new Browser(node.server()).logIn(user);
    secrets.add(browser.session());
    var flow = client.flow().with("scope", "openid user:read offline_access");
    String code = flow.answer(browser, user).value("code");
    Tokens first = Tokens.of(flow.redeem(code));
    Tokens second = Tokens.of(client.refresh(first.refresh()));
    for (Tokens tokens : List.of(first, second)) {
      secrets.addAll(List.of(tokens.access(), tokens.refresh(), tokens.id()));
    }
    secrets.add(code);
    client.refresh(first.refresh());
    flow.redeem(code);
    client.post("/oauth2/revoke", Map.of("token", second.access()));
    DeviceFlow device = ClientBuilder.device(node.server()).register().device("openid user:read");
    secrets.addAll(List.of(device.deviceCode(), device.userCode()));
    secrets.add(device.tokens(browser).access());
    device.poll();
    JsonNode login = new TestUsers(node.server()).logIn(user);
    secrets.add(login.get("access_token").asText());
    secrets.add(login.get("refresh_token").asText());
    http.json(
        "PUT",
        "/api/user/password",
        "{\"current_password\":\"%s\",\"new_password\":\"another fine password\"}"
            .formatted(TestUsers.PASSWORD),
        "Authorization",
        "Bearer " + login.get("access_token").asText());
    for (String secret : List.copyOf(secrets)) {
      new TestClient(node.server(), client.clientId(), secret, "").refresh(secret);
      new TestClient(node.server(), secret.substring(0, 8), secret, "").refresh(secret);
      http.json(
          "POST", "/api/login", "{\"login\":\"%s\",\"password\":\"%s\"}".formatted(secret, secret));
    }
    browser.submit("/logout", browser.get("/logout"), Map.of());

    List<AuditTrail.Row> rows = new AuditTrail(node.database()).rows();
    assertTrue(rows.size() > 30, rows.toString());
    assertTrue(secrets.stream().noneMatch(String::isEmpty));
    for (AuditTrail.Row row : rows) {
      for (String secret : secrets) {
        assertFalse(row.toString().contains(secret), row.toString());
      }
    }
  }

  /** Behind a proxy that is trusted it is the address of the client, else that of the peer. */
  @Test
  void addressIsThatOfTheClient() {
    AuditTrail trail = new AuditTrail(node.database());
    new Http(node.server())
        .json(
            "POST",
            "/api/login",
            "{\"login\":\"nobody\",\"password\":\"nothing\"}",
            "X-Forwarded-For",
            "198.51.100.1, 2001:DB8:0:0::7");

    assertEquals("2001:db8::7", trail.rows().getLast().get("address"));
  }

  /** Whoever is refused again and again is counted, and fills no table. */
  @Test
  void floodOfRefusalsLeavesSomeRows() {
    String refusals = "audit_event where act = 'client.authenticated'";
    int before = node.database().count(refusals);
    double counted = counted();
    TestClient nobody = new TestClient(node.server(), "nobody", "secret", "");
    for (int i = 0; i < 400; i++) {
      nobody.refresh("x");
    }

    int written = node.database().count(refusals) - before;
    assertTrue(written >= 100 && written < 350, "rows: " + written);
    assertEquals(400, counted() - counted);
  }

  private static double counted() {
    return node
        .bean(MeterRegistry.class)
        .find("gatewright.refusals")
        .tag("act", "client.authenticated")
        .counters()
        .stream()
        .mapToDouble(counter -> counter.count())
        .sum();
  }
}
