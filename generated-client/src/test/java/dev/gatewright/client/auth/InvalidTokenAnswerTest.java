package dev.gatewright.client.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gatewright.client.api.AccountApi;
import dev.gatewright.client.auth.FakeProvider.Answer;
import dev.gatewright.client.auth.FakeProvider.Asked;
import dev.gatewright.client.error.AuthorizationRequiredException;
import dev.gatewright.client.error.ProblemException;
import dev.gatewright.client.model.User;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A token that the server calls invalid, though we did not think so (RFC 6750 §3.1). */
class InvalidTokenAnswerTest {

  private static final Answer INVALID_TOKEN =
      Answer.json(401, Map.of("type", "about:blank", "title", "Unauthorized", "status", 401))
          .with("WWW-Authenticate", "Bearer realm=\"x\", error=\"invalid_token\"");

  private final FakeProvider provider = new FakeProvider(new TestClock());
  private final OAuth2Session session = provider.loggedIn(provider.session());

  @AfterEach
  void stop() {
    provider.close();
  }

  @Test
  void tokenIsRenewedOnceAndTheCallMadeAgain() {
    String refused = session.accessToken();
    provider.user = refusing(refused);

    assertEquals("ada", session.api().account().getUser().username());

    List<Asked> calls = provider.askedAt("/api/user");
    assertEquals(2, calls.size());
    assertEquals("Bearer " + session.accessToken(), calls.get(1).authorization());
    assertNotEquals(refused, session.accessToken());
    assertEquals(1, provider.askedAt("/oauth2/token").size());
  }

  @Test
  void manyThreadsWhoseTokenIsRefusedRenewItOnce() {
    provider.user = refusing(session.accessToken());
    AccountApi account = session.api().account();

    List<CompletableFuture<User>> calls =
        Stream.generate(account::getUserAsync).limit(100).toList();
    calls.forEach(CompletableFuture::join);

    assertEquals(1, provider.askedAt("/oauth2/token").size());
  }

  @Test
  void requestToAnotherApiIsSentAgainToo() {
    provider.user = refusing(session.accessToken());
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(provider.issuer() + "/api/user"))
            .POST(BodyPublishers.ofString("order"))
            .build();

    assertEquals(200, session.send(request).statusCode());

    assertEquals(
        List.of("order", "order"),
        provider.askedAt("/api/user").stream().map(Asked::body).toList());
  }

  @Test
  void tokenThatIsRefusedAgainIsNotRenewedAgain() {
    provider.user = asked -> INVALID_TOKEN;

    ProblemException refused =
        assertThrows(ProblemException.class, () -> session.api().account().getUser());

    assertEquals(401, refused.status().orElseThrow());
    assertEquals(2, provider.askedAt("/api/user").size());
    assertEquals(1, provider.askedAt("/oauth2/token").size());
  }

  /** Another 401, or a token with too little scope, would not be helped by a new token. */
  @Test
  void otherRefusalsAreLeftAlone() {
    provider.user =
        asked ->
            Answer.json(403, Map.of("type", "about:blank", "title", "Forbidden", "status", 403))
                .with("WWW-Authenticate", "Bearer error=\"insufficient_scope\"");

    ProblemException refused =
        assertThrows(ProblemException.class, () -> session.api().account().getUser());

    assertEquals("Bearer error=\"insufficient_scope\"", refused.challenge().orElseThrow());
    assertEquals(1, provider.askedAt("/api/user").size());
    assertEquals(0, provider.askedAt("/oauth2/token").size());
  }

  @Test
  void sessionThatWasRevokedElsewhereAsksForTheUser() {
    provider.user = asked -> INVALID_TOKEN;
    provider.tokenEndpoint = asked -> Answer.error(400, "invalid_grant", "revoked");

    assertThrows(AuthorizationRequiredException.class, () -> session.api().account().getUser());
  }

  @Test
  void tokenOfTheCallersOwnIsNotReplaced() {
    provider.user = asked -> INVALID_TOKEN;

    assertThrows(
        ProblemException.class, () -> provider.gatewright().withToken("mine").account().getUser());

    assertEquals("Bearer mine", provider.askedAt("/api/user").get(0).authorization());
    assertEquals(1, provider.askedAt("/api/user").size());
  }

  private Function<Asked, Answer> refusing(String token) {
    Function<Asked, Answer> accepting = provider.user;
    return asked ->
        asked.authorization().equals("Bearer " + token) ? INVALID_TOKEN : accepting.apply(asked);
  }
}
