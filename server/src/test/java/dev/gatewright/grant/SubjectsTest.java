package dev.gatewright.grant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatewright.Answer;
import dev.gatewright.Browser;
import dev.gatewright.ClientBuilder;
import dev.gatewright.Http;
import dev.gatewright.TestClient;
import dev.gatewright.TestServer;
import dev.gatewright.TestUsers;
import dev.gatewright.Tokens;
import dev.gatewright.client.Clients;
import dev.gatewright.user.User;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Public and pairwise subject identifiers (OpenID Connect Core §8). */
class SubjectsTest {
  private static TestServer server;
  private static User user;
  private static TestClient pairwise;

  @BeforeAll
  static void start() {
    server = TestServer.start();
    user = new TestUsers(server).user();
    pairwise = pairwise("https://shop.example/callback").register();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** §8.1: not the user's id, nor anything that it can be told from. */
  @Test
  void pairwiseSubjectIsTheSameInEveryTokenAndAtUserinfo() {
    Tokens tokens = pairwise.flow().with("scope", "openid offline_access").tokens(user);
    String subject = Tokens.claims(tokens.id()).get("sub").asText();

    assertTrue(subject.matches("[A-Za-z0-9_-]{43}"), subject);
    assertEquals(subject, Tokens.claims(tokens.access()).get("sub").asText());
    assertEquals(subject, userInfo(tokens).get("sub").asText());
    Tokens refreshed = Tokens.of(pairwise.refresh(tokens.refresh()));
    assertEquals(subject, Tokens.claims(refreshed.id()).get("sub").asText());
    assertEquals(subject, userInfo(refreshed).get("sub").asText());
    assertFalse(tokens.access().contains(user.id().toString()));
    assertEquals(-1, Tokens.claims(tokens.access()).toString().indexOf(user.id().toString()));
  }

  @Test
  void publicSubjectIsTheUsersId() {
    TestClient open = ClientBuilder.web(server).register();

    assertEquals(user.id().toString(), subject(open, user));
  }

  @Test
  void clientsOfDifferentSectorsCannotTellThatTheirUserIsTheSame() {
    assertNotEquals(
        subject(pairwise, user), subject(pairwise("https://bank.example/cb").register(), user));
  }

  /** §8.1: the host, whatever port and path; or that of sector_identifier_uri. */
  @Test
  void clientsOfOneSectorKnowTheUserAsTheSame() {
    TestClient samePlace = pairwise("https://SHOP.example:8443/other").register();
    TestClient sameSector =
        pairwise("https://app.example/cb")
            .option("sector_identifier_uri", "https://shop.example/sector.json")
            .register();

    assertEquals(subject(pairwise, user), subject(samePlace, user));
    assertEquals(subject(pairwise, user), subject(sameSector, user));
  }

  @Test
  void usersOfOneClientAreDifferentSubjects() {
    assertNotEquals(subject(pairwise, user), subject(pairwise, new TestUsers(server).user()));
  }

  /** Two nodes, or one before and after a start, with the same master key. */
  @Test
  void subjectIsTheSameAtEveryNodeAndAnotherUnderAnotherKey() {
    Map<String, Object> otherKey =
        Map.of("gatewright.master-key", "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE");
    var client = server.bean(Clients.class).find(pairwise.clientId()).orElseThrow();
    String here = server.bean(Subjects.class).of(client, user.id());
    try (TestServer node = TestServer.start();
        TestServer stranger = TestServer.start(otherKey)) {
      assertEquals(here, node.bean(Subjects.class).of(client, user.id()));
      assertNotEquals(here, stranger.bean(Subjects.class).of(client, user.id()));
    }
    assertEquals(here, subject(pairwise, user));
  }

  /** The access token names its grant, and the grant knows the user. */
  @Test
  void apiFindsTheUserOfAPairwiseToken() {
    Tokens tokens = pairwise.flow().with("scope", "openid user:read").tokens(user);
    JsonNode account =
        Http.body(
            200, new Http(server).get("/api/user", "Authorization", "Bearer " + tokens.access()));

    assertEquals(user.username(), account.get("username").asText());
  }

  /** RFC 7662 §2.2, and OpenID Connect Core §8.1: no name that is the same everywhere. */
  @Test
  void introspectionTellsThePairwiseSubjectAndNoUserName() {
    TestClient api = ClientBuilder.machine(server).resourceServer().register();
    Tokens tokens = pairwise.flow().tokens(user);
    JsonNode told =
        Http.body(200, api.post("/oauth2/introspect", Map.of("token", tokens.access())));

    assertTrue(told.get("active").asBoolean());
    assertEquals(subject(pairwise, user), told.get("sub").asText());
    assertFalse(told.has("username"));

    TestClient open = ClientBuilder.web(server).register();
    JsonNode known =
        Http.body(
            200,
            api.post("/oauth2/introspect", Map.of("token", open.flow().tokens(user).access())));
    assertEquals(user.id().toString(), known.get("sub").asText());
    assertEquals(user.username(), known.get("username").asText());
  }

  /** OpenID Connect Core §3.1.2.1: a hint names the user as the client knows it. */
  @Test
  void idTokenHintOfAPairwiseClientIsUnderstood() {
    Browser browser = new Browser(server).logIn(user);
    String idToken = pairwise.flow().tokens(user).id();
    String others = pairwise.flow().tokens(new TestUsers(server).user()).id();

    assertTrue(
        Answer.of(
                pairwise.flow().with("prompt", "none").with("id_token_hint", idToken).send(browser))
            .has("code"));
    assertEquals(
        "login_required",
        Answer.of(
                pairwise.flow().with("prompt", "none").with("id_token_hint", others).send(browser))
            .value("error"));
  }

  /** §3.1.2.2: and so does a value of the claim sub; the user's id is no subject here. */
  @Test
  void subjectThatIsAskedForIsThePairwiseOne() {
    Browser browser = new Browser(server).logIn(user);
    String right = "{\"id_token\":{\"sub\":{\"value\":\"%s\"}}}".formatted(subject(pairwise, user));
    String wrong = "{\"id_token\":{\"sub\":{\"value\":\"%s\"}}}".formatted(user.id());

    assertTrue(
        Answer.of(pairwise.flow().with("prompt", "none").with("claims", right).send(browser))
            .has("code"));
    assertEquals(
        "login_required",
        Answer.of(pairwise.flow().with("prompt", "none").with("claims", wrong).send(browser))
            .value("error"));
  }

  private static ClientBuilder pairwise(String redirectUri) {
    return ClientBuilder.web(server).redirectUris(redirectUri).option("subject_type", "pairwise");
  }

  private static String subject(TestClient client, User of) {
    return Tokens.claims(client.flow().tokens(of).id()).get("sub").asText();
  }

  private static JsonNode userInfo(Tokens tokens) {
    return Http.body(
        200,
        new Http(server).get("/oauth2/userinfo", "Authorization", "Bearer " + tokens.access()));
  }
}
