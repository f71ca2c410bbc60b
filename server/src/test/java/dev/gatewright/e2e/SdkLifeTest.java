package dev.gatewright.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatewright.TestClock;
import dev.gatewright.TestUsers;
import dev.gatewright.client.Gatewright;
import dev.gatewright.client.auth.AccessTokenVerifier;
import dev.gatewright.client.auth.LoopbackLogin;
import dev.gatewright.client.auth.OAuth2Session;
import dev.gatewright.client.auth.Tokens;
import dev.gatewright.client.http.Retries;
import dev.gatewright.client.model.ClientRegistration;
import dev.gatewright.client.model.ClientRegistration.ApplicationType;
import dev.gatewright.client.model.ClientRegistration.TokenEndpointAuthMethod;
import dev.gatewright.client.model.KeyRotationRequest;
import dev.gatewright.client.model.SignUpRequest;
import dev.gatewright.client.model.User;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A program that knows only the SDK goes on through everything that happens to its tokens and to
 * the server: it logs its user in once.
 */
@Timeout(600)
class SdkLifeTest {
  private final TestClock clock = new TestClock();
  private final int port = ServerProcess.freePort();

  @TempDir Path data;

  @Test
  void userLogsInOnceAndTheProgramGoesOn() {
    ServerProcess server = ServerProcess.start(port, data);
    try {
      Gatewright gatewright =
          Gatewright.builder(server.issuer())
              .clock(clock)
              .retries(
                  new Retries(
                      1000, Duration.ofMillis(200), Duration.ofSeconds(1), Duration.ofMinutes(3)))
              .connect();
      OAuth2Session administrator = administrator(gatewright, server.said());
      OAuth2Session session = loggedIn(gatewright, administrator);
      AccessTokenVerifier verifier =
          AccessTokenVerifier.discover(server.issuer(), server.issuer().toString());
      User user = session.api().account().getUser();
      Tokens first = session.tokens().orElseThrow();

      // The access token expires, and its refresh token is replaced with it.
      clock.advance(Duration.ofHours(1));
      assertEquals(user, session.api().account().getUser());
      Tokens second = session.tokens().orElseThrow();
      assertNotEquals(first.accessToken(), second.accessToken());
      assertNotEquals(first.refreshToken(), second.refreshToken());

      // The server is restarted while a call is under way.
      server.stop();
      CompletableFuture<User> whileItIsAway = session.api().account().getUserAsync();
      server = ServerProcess.start(port, data);
      assertEquals(user, whileItIsAway.join());
      assertEquals(second, session.tokens().orElseThrow());

      // The signing key is replaced at once, and what it signed is no longer good.
      verifier.verify(session.accessToken());
      administrator
          .api()
          .keys()
          .rotateSigningKey(
              KeyRotationRequest.builder()
                  .alg(KeyRotationRequest.Alg.ES256)
                  .compromised(true)
                  .build());
      assertEquals(user, session.api().account().getUser());
      Tokens third = session.tokens().orElseThrow();
      assertNotEquals(second.accessToken(), third.accessToken());
      assertEquals(user.id().toString(), verifier.verify(third.accessToken()).subject());

      session.revoke();
      assertTrue(session.tokens().isEmpty());
    } finally {
      server.close();
    }
  }

  private static OAuth2Session administrator(Gatewright gatewright, String said) {
    Matcher shown = Pattern.compile("User name +(\\S+)\n +Password +(\\S+)\n").matcher(said);
    assertTrue(shown.find(), said);
    OAuth2Session session = gatewright.newSession().build();
    session.logIn(shown.group(1), shown.group(2)).tokens();
    return session;
  }

  private static OAuth2Session loggedIn(Gatewright gatewright, OAuth2Session administrator) {
    String clientId =
        administrator
            .api()
            .clients()
            .createClient(
                ClientRegistration.builder()
                    .clientName("Tool")
                    .applicationType(ApplicationType.NATIVE)
                    .tokenEndpointAuthMethod(TokenEndpointAuthMethod.NONE)
                    .grantTypes(List.of("authorization_code", "refresh_token"))
                    .redirectUris(List.of("http://127.0.0.1/callback"))
                    .scope("openid offline_access user:read")
                    .build())
            .clientId();
    String name = TestUsers.freshName();
    gatewright
        .users()
        .signUp(SignUpRequest.builder().username(name).password(TestUsers.PASSWORD).build());
    OAuth2Session session =
        gatewright
            .newSession()
            .clientId(clientId)
            .scopes("openid", "offline_access", "user:read")
            .build();
    FormBrowser browser = new FormBrowser(name, TestUsers.PASSWORD);
    session.logInByBrowser(
        LoopbackLogin.showing(address -> FormBrowser.visit(browser.open(address))));
    return session;
  }
}
