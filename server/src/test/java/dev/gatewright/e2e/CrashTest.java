package dev.gatewright.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatewright.TestUsers;
import dev.gatewright.client.Gatewright;
import dev.gatewright.client.auth.OAuth2Session;
import dev.gatewright.client.auth.Tokens;
import dev.gatewright.client.error.OAuthErrorException;
import dev.gatewright.client.error.ProblemException;
import dev.gatewright.client.http.Retries;
import dev.gatewright.client.model.ClientRegistration;
import dev.gatewright.client.model.ClientWithSecret;
import dev.gatewright.client.model.JsonWebKey;
import dev.gatewright.client.model.SignUpRequest;
import dev.gatewright.client.model.TokenRequest;
import dev.gatewright.client.model.TokenResponse;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The server is killed ({@code SIGKILL}) in the middle of its work, several times. What it has
 * answered is still so after the next start: accounts, clients, keys and refresh token families are
 * there, what was redeemed or revoked stays so.
 */
@Timeout(600)
class CrashTest {
  private static final int ROUNDS = 3;
  private static final int FAMILIES = 4;

  @TempDir Path data;

  private final int port = ServerProcess.freePort();
  private final URI issuer = URI.create("http://localhost:" + port);

  private final Gatewright gatewright = Gatewright.builder(issuer).retries(Retries.NONE).build();

  /**
   * By user name: the latest refresh token that was answered; none while the next one is asked for.
   */
  private final Map<String, String> families = new ConcurrentHashMap<>();

  private final Set<String> accounts = ConcurrentHashMap.newKeySet();
  private final Map<String, String> clients = new ConcurrentHashMap<>();
  private final List<String> redeemed = new ArrayList<>();
  private final List<Tokens> revoked = new ArrayList<>();
  private final List<Throwable> failures = new ArrayList<>();
  private volatile boolean killed;

  @Test
  void whatWasAnsweredSurvivesAKill() throws Exception {
    ServerProcess server = ServerProcess.start(port, data);
    try {
      Matcher shown =
          Pattern.compile("User name +(\\S+)\n +Password +(\\S+)\n").matcher(server.said());
      assertTrue(shown.find(), server.said());
      OAuth2Session administrator =
          logIn(shown.group(1), shown.group(2), "clients:read", "clients:write", "user:read");
      Set<String> keys = keys();

      for (int round = 1; round <= ROUNDS; round++) {
        prepare();
        burst(server, administrator);
        server = ServerProcess.start(port, data);

        assertEquals(keys, keys(), "The signing keys");
        assertEquals(
            200,
            administrator.get(URI.create("/api/user")).statusCode(),
            "A token from before the kill");
        assertNothingIsLost();
      }
    } finally {
      server.close();
    }
  }

  /**
   * Families that rest during the burst, one token that was redeemed, and one session that was
   * revoked.
   */
  private void prepare() {
    for (int i = 0; i < FAMILIES; i++) {
      String name = signUp();
      families.put(name, refreshToken(logIn(name, TestUsers.PASSWORD)));
    }
    String first = refreshToken(logIn(signUp(), TestUsers.PASSWORD));
    refresh(first);
    redeemed.add(first);
    OAuth2Session session = logIn(signUp(), TestUsers.PASSWORD);
    Tokens tokens = session.tokens().orElseThrow();
    session.revoke();
    revoked.add(tokens);
  }

  private void burst(ServerProcess server, OAuth2Session administrator)
      throws InterruptedException {
    killed = false;
    List<String> refreshing = List.copyOf(families.keySet());
    List<Thread> threads =
        List.of(
            repeat(() -> accounts.add(signUp())),
            repeat(() -> accounts.add(signUp())),
            repeat(() -> register(administrator)),
            repeat(() ->
                renew(refreshing.get(ThreadLocalRandom.current().nextInt(refreshing.size() / 2)))));
    TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextLong(500, 1500));
    killed = true;
    server.kill();
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(List.of(), failures, "Refused before the kill");
  }

  private interface Step {
    void run();
  }

  /** Until the server is gone. */
  private Thread repeat(Step step) {
    return Thread.ofVirtual()
        .start(() -> {
          try {
            while (!killed) {
              step.run();
            }
          } catch (RuntimeException e) {
            if (!killed) {
              synchronized (failures) {
                failures.add(e);
              }
            }
          }
        });
  }

  private void assertNothingIsLost() {
    assertTrue(!accounts.isEmpty() && !clients.isEmpty(), "There was work to be lost");
    for (String name : accounts) {
      logIn(name, TestUsers.PASSWORD);
    }
    for (Map.Entry<String, String> client : clients.entrySet()) {
      gatewright
          .newSession()
          .clientId(client.getKey())
          .clientSecret(client.getValue())
          .clientCredentials()
          .build()
          .accessToken();
    }
    assertTrue(families.size() >= FAMILIES / 2, "There are families that were not being refreshed");
    for (String name : Set.copyOf(families.keySet())) {
      renew(name);
    }
    for (String token : redeemed) {
      assertEquals("invalid_grant", refusal(token));
    }
    for (Tokens tokens : revoked) {
      assertEquals("invalid_grant", refusal(String.valueOf(tokens.refreshToken())));
      ProblemException refused =
          assertThrows(
              ProblemException.class,
              () -> gatewright.withToken(tokens.accessToken()).account().getUser());
      assertEquals(401, refused.status().orElseThrow());
    }
  }

  private String signUp() {
    String name = TestUsers.freshName();
    gatewright
        .users()
        .signUp(SignUpRequest.builder().username(name).password(TestUsers.PASSWORD).build());
    return name;
  }

  private void register(OAuth2Session administrator) {
    ClientWithSecret created =
        gatewright
            .with(administrator)
            .clients()
            .createClient(
                ClientRegistration.builder()
                    .clientName("Machine")
                    .grantTypes(List.of("client_credentials"))
                    .scope("users:read")
                    .build());
    clients.put(created.clientId(), String.valueOf(created.clientSecret()));
  }

  /** While the server has not answered, nobody knows which token of the family is the good one. */
  private void renew(String name) {
    String token = families.remove(name);
    if (token != null) {
      families.put(name, refresh(token));
    }
  }

  private String refresh(String token) {
    TokenResponse answer =
        gatewright
            .token()
            .issueToken(
                TokenRequest.builder()
                    .grantType("refresh_token")
                    .clientId(OAuth2Session.LOGIN_CLIENT_ID)
                    .refreshToken(token)
                    .build());
    return String.valueOf(answer.refreshToken());
  }

  private String refusal(String refreshToken) {
    return assertThrows(OAuthErrorException.class, () -> refresh(refreshToken)).error();
  }

  private OAuth2Session logIn(String name, String password, String... scopes) {
    OAuth2Session session = gatewright.newSession().scopes(scopes).build();
    session.logIn(name, password);
    return session;
  }

  private static String refreshToken(OAuth2Session session) {
    String token = session.tokens().orElseThrow().refreshToken();
    assertNotNull(token);
    return token;
  }

  private Set<String> keys() {
    return gatewright.discovery().getJwks().keys().stream()
        .map(JsonWebKey::kid)
        .collect(Collectors.toSet());
  }
}
