package dev.gatewright.authorize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatewright.Answer;
import dev.gatewright.Browser;
import dev.gatewright.ClientBuilder;
import dev.gatewright.CodeFlow;
import dev.gatewright.TestClient;
import dev.gatewright.TestServer;
import dev.gatewright.TestUsers;
import dev.gatewright.Tokens;
import dev.gatewright.user.User;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The scope {@code offline_access} (OpenID Connect Core §11). */
class OfflineAccessTest {
  private static final String OFFLINE = "openid offline_access";

  private static TestServer server;

  private final TestClient thirdParty = ClientBuilder.web(server).withConsent().register();
  private final TestClient firstParty = ClientBuilder.web(server).register();
  private final User user = new TestUsers(server).user();
  private final Browser browser = new Browser(server).logIn(user);

  @BeforeAll
  static void start() {
    server = TestServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** The OP MUST obtain consent; a saved consent to less is not sufficient. */
  @Test
  void userIsAskedBeforeAClientHasOfflineAccess() {
    assertTrue(answer(thirdParty.flow().with("scope", "openid")).has("code"));
    HttpResponse<String> asked = thirdParty.flow().with("scope", OFFLINE).send(browser);
    String page = Answer.of(asked).location();

    assertTrue(page.startsWith("/consent?"), page);
    assertTrue(browser.get(page).body().contains("Stay authorized while you are away"));
    Answer denied =
        Answer.of(
            browser.finish(
                browser.submit("/consent", browser.get(page), Map.of("decision", "deny")), user));
    assertEquals("access_denied", denied.value("error"));
  }

  /** The MUST that remains where no page may be shown: no consent, no offline access. */
  @Test
  void promptNoneDoesNotGiveOfflineAccessUnasked() {
    assertTrue(answer(thirdParty.flow().with("scope", "openid")).has("code"));
    CodeFlow silent = thirdParty.flow().with("scope", OFFLINE).with("prompt", "none");

    assertEquals("consent_required", Answer.of(silent.send(browser)).value("error"));
  }

  /** "Explicitly receive or have consent": what was allowed need not be asked again … */
  @Test
  void consentThatWasGivenIsEnough() {
    assertTrue(answer(thirdParty.flow().with("scope", OFFLINE)).has("code"));
    CodeFlow again = thirdParty.flow().with("scope", OFFLINE).with("prompt", "none");

    assertTrue(hasRefreshToken(again));
  }

  /** … unless the client wants it asked, which first-party clients can as well. */
  @Test
  void promptConsentAsksAgain() {
    for (TestClient client : new TestClient[] {thirdParty, firstParty}) {
      assertTrue(answer(client.flow().with("scope", OFFLINE)).has("code"));
      HttpResponse<String> asked =
          client.flow().with("scope", OFFLINE).with("prompt", "consent").send(browser);

      assertTrue(Answer.of(asked).location().startsWith("/consent?"));
    }
  }

  /** "Other conditions": the operator registered it as one of theirs. */
  @Test
  void firstPartyClientNeedNotAsk() {
    assertTrue(hasRefreshToken(firstParty.flow().with("scope", OFFLINE).with("prompt", "none")));
  }

  /** What a client is not registered for is left out, and so is its refresh token. */
  @Test
  void clientWithoutRefreshTokensIsGivenNoOfflineAccess() {
    TestClient client =
        ClientBuilder.web(server).grantTypes("authorization_code").withConsent().register();
    CodeFlow flow = client.flow().with("scope", OFFLINE);
    String page = Answer.of(flow.send(browser)).location();
    assertFalse(browser.get(page).body().contains("Stay authorized while you are away"));

    Tokens tokens = Tokens.of(flow.redeem(answer(flow).value("code")));
    assertEquals("openid", tokens.scope());
    assertEquals("", tokens.refresh());
  }

  /** A refresh token without it is by the client's policy, and ends with the session. */
  @Test
  void openIdAloneGivesNoRefreshToken() {
    assertFalse(hasRefreshToken(firstParty.flow().with("scope", "openid")));
  }

  private Answer answer(CodeFlow flow) {
    return flow.answer(browser, user);
  }

  private boolean hasRefreshToken(CodeFlow flow) {
    return !Tokens.of(flow.redeem(answer(flow).value("code"))).refresh().isEmpty();
  }
}
