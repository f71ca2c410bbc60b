package dev.gatewright.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatewright.Http;
import dev.gatewright.LogoutReceiver;
import dev.gatewright.TestDatabase;
import dev.gatewright.TestUsers;
import dev.gatewright.TlsSite;
import dev.gatewright.Tokens;
import dev.gatewright.backchannel.LogoutNotices;
import dev.gatewright.client.Client;
import dev.gatewright.client.ClientMetadata;
import dev.gatewright.client.ClientOptions;
import dev.gatewright.client.ClientRegistrations;
import dev.gatewright.client.TestClients;
import dev.gatewright.crypto.Ids;
import io.micronaut.context.ApplicationContext;
import io.micronaut.inject.BeanDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Notices to clients that a session has ended are in the database until they are delivered. */
class LogoutNoticesTest {
  private static final int MANY = 200;

  private static TlsSite site;

  @TempDir Path folder;

  @BeforeAll
  static void open() {
    site = TlsSite.start();
  }

  @AfterAll
  static void close() {
    site.close();
  }

  /** Killed after the first attempt has failed, the server makes the second when it is back. */
  @ParameterizedTest
  @EnumSource(TestDatabase.class)
  void noticeOutlivesAServerThatIsKilled(TestDatabase kind) throws IOException {
    LogoutReceiver receiver = new LogoutReceiver(site).answering(503);
    Map<String, Object> configuration = new HashMap<>(kind.fresh());
    configuration.putAll(site.trusted());
    configuration.put("gatewright.logout.first-retry", "3s");
    configuration.put("gatewright.bootstrap-file", bootstrapFile(receiver).toString());
    configuration.putIfAbsent("gatewright.data-dir", folder.resolve("data").toString());
    String name = TestUsers.freshName();
    JsonNode idToken;
    try (ServerProcess server = ServerProcess.start(configuration)) {
      configuration.put("micronaut.server.port", server.port()); // the issuer stays
      Http browser = new Http(server.issuer());
      idToken = logIn(browser, name);
      browser.form("/logout", Map.of("csrf_token", browser.csrf("/logout")));
      receiver.visits(1);
    } // by SIGKILL

    assertEquals(1, receiver.count());
    try (ServerProcess server = ServerProcess.start(configuration)) {
      JsonNode told = Tokens.claims(receiver.tokens(2).getLast());
      assertEquals(idToken.get("sid"), told.get("sid"));
      assertEquals(idToken.get("sub"), told.get("sub"));
      assertEquals(server.issuer(), told.get("iss").asText());
    }
  }

  /** Two nodes that find the same notices due tell each client once. Not on H2, which is one's. */
  @ParameterizedTest
  @EnumSource(names = {"MARIADB", "MYSQL"})
  void ofTwoNodesOneDelivers(TestDatabase kind) {
    LogoutReceiver receiver = new LogoutReceiver(site);
    Database database = new Database(kind.fresh());
    Map<String, Object> same = new HashMap<>(site.trusted());
    same.put("gatewright.issuer", "http://localhost:9999");
    try (Node one = Node.start(database, same);
        Node other = Node.start(database, same)) {
      Client client = register(one, receiver);
      LogoutNotices notices = one.bean(LogoutNotices.class);
      Set<String> sids = new HashSet<>();
      for (int i = 0; i < MANY; i++) {
        UUID sid = Ids.next();
        notices.remember(sid, Ids.next(), client, "someone");
        notices.remember(sid, Ids.next(), client, "someone"); // as with a second ID token
        sids.add(sid.toString());
      }
      assertEquals(MANY, database.count("session_client"));
      database.execute("update session_client set due_at = '2020-01-01 00:00:00'");

      Race.run(
          2,
          i ->
              () -> {
                deliver(i == 0 ? one : other);
                return true;
              });

      List<String> tokens = receiver.tokens(MANY);
      Set<String> told = new HashSet<>();
      tokens.forEach(token -> told.add(Tokens.claims(token).get("sid").asText()));
      assertEquals(sids, told);
      await(database);
      assertEquals(MANY, receiver.count());
    }
  }

  private static void await(Database database) {
    for (int i = 0; i < 500 && database.count("session_client") > 0; i++) {
      pause();
    }
    assertEquals(0, database.count("session_client"));
  }

  private static Client register(Node node, LogoutReceiver receiver) {
    ClientMetadata plain = TestClients.web(TestUsers.freshName());
    ClientOptions options =
        new ClientOptions(
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            receiver.uri(),
            true);
    ClientMetadata metadata =
        new ClientMetadata(
            plain.clientId(),
            plain.clientName(),
            plain.applicationType(),
            plain.tokenEndpointAuthMethod(),
            plain.grantTypes(),
            plain.redirectUris(),
            plain.scope(),
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            options);
    return node.bean(ClientRegistrations.class).create(metadata, TestClients.ANYTHING).client();
  }

  /** What the schedule does every two seconds. */
  private static void deliver(Node node) {
    ApplicationContext context = node.bean(ApplicationContext.class);
    BeanDefinition<?> deliveries =
        context.getAllBeanDefinitions().stream()
            .filter(bean -> bean.getBeanType().getSimpleName().equals("Deliveries"))
            .findFirst()
            .orElseThrow();
    invoke(context, deliveries);
  }

  private static <T> void invoke(ApplicationContext context, BeanDefinition<T> bean) {
    bean.getRequiredMethod("start").invoke(context.getBean(bean));
  }

  private Path bootstrapFile(LogoutReceiver receiver) throws IOException {
    return Files.writeString(
        folder.resolve("bootstrap.yml"),
        """
        clients:
          - client_id: app
            client_name: App
            token_endpoint_auth_method: none
            grant_types: [authorization_code]
            redirect_uris: ["https://app.example/callback"]
            scope: openid
            require_consent: false
            backchannel_logout_uri: "%s"
        """
            .formatted(receiver.uri()));
  }

  /** Signs up by JSON, logs in by page, and gets an ID token; returns its claims. */
  private static JsonNode logIn(Http browser, String name) {
    Http.body(
        201,
        browser.json(
            "POST",
            "/api/users",
            "{\"username\":\"%s\",\"password\":\"%s\"}".formatted(name, TestUsers.PASSWORD)));
    browser.form(
        "/login",
        Map.of(
            "csrf_token", browser.csrf("/login"), "login", name, "password", TestUsers.PASSWORD));
    assertNotEquals("", browser.cookie("gatewright_session"));
    Map<String, String> answer =
        CodeFlow.query(
            CodeFlow.redirect(
                browser.get(
                    "/oauth2/auth?response_type=code&client_id=app&scope=openid"
                        + "&redirect_uri=https://app.example/callback&code_challenge="
                        + "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256")));
    JsonNode tokens =
        Http.body(
            200,
            browser.form(
                "/oauth2/token",
                Map.of(
                    "grant_type", "authorization_code",
                    "client_id", "app",
                    "code", answer.get("code"),
                    "redirect_uri", "https://app.example/callback",
                    "code_verifier", "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")));
    return Tokens.claims(tokens.get("id_token").asText());
  }

  private static void pause() {
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
