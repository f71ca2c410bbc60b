package dev.gatewright.client.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatewright.client.error.AuthorizationRequiredException;
import dev.gatewright.client.error.OAuthErrorException;
import dev.gatewright.client.transport.Form;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A program on the user's machine waits for the browser to come back (RFC 8252 §7.3). */
@Timeout(60)
class LoopbackLoginTest {

  private final FakeProvider provider = new FakeProvider(new TestClock());
  private final HttpClient browser = HttpClient.newHttpClient();
  private final List<HttpResponse<String>> seen = new ArrayList<>();

  @AfterEach
  void stop() {
    provider.close();
  }

  @Test
  void userIsLoggedInByTheBrowser() {
    OAuth2Session session = session("http://127.0.0.1/callback");

    Tokens tokens =
        session.logInByBrowser(LoopbackLogin.showing(address -> visit(answerTo(address))));

    URI redirectUri =
        URI.create(provider.askedAt("/oauth2/token").get(0).form().get("redirect_uri"));
    assertEquals("127.0.0.1", redirectUri.getHost());
    assertTrue(redirectUri.getPort() > 0);
    assertEquals("/callback", redirectUri.getPath());
    assertEquals(tokens.accessToken(), session.accessToken());
    assertEquals(200, seen.get(0).statusCode());
    assertTrue(seen.get(0).body().contains("You can close this window"));
    assertFalse(seen.get(0).body().contains("the-code"));
    assertEquals("no-store", seen.get(0).headers().firstValue("Cache-Control").orElseThrow());
    assertEquals("no-referrer", seen.get(0).headers().firstValue("Referrer-Policy").orElseThrow());
  }

  @Test
  void redirectUriMayHaveAPortAndAnotherHost() {
    int port;
    try (LoopbackReceiver receiver = LoopbackReceiver.open()) {
      port = receiver.redirectUri().getPort();
    }
    awaitClosed(port);
    OAuth2Session session = session("http://localhost:" + port + "/back");

    session.logInByBrowser(LoopbackLogin.showing(address -> visit(answerTo(address))));

    assertEquals(
        "http://localhost:" + port + "/back",
        provider.askedAt("/oauth2/token").get(0).form().get("redirect_uri"));
  }

  /** Whatever else arrives changes nothing: the login goes on. */
  @Test
  void foreignRequestsAreIgnored() {
    OAuth2Session session = session("http://127.0.0.1/callback");

    session.logInByBrowser(
        LoopbackLogin.showing(address -> {
          URI answer = answerTo(address);
          URI root = answer.resolve("/");
          assertEquals(404, visit(root.resolve("favicon.ico")).statusCode());
          assertEquals(400, visit(root.resolve("callback")).statusCode());
          assertEquals(400, visit(root.resolve("callback?code=evil&state=evil")).statusCode());
          assertEquals(400, visit(root.resolve("callback?error=access_denied")).statusCode());
          assertEquals(400, visit(URI.create(answer + "&state=again")).statusCode());
          assertEquals(405, post(answer).statusCode());
          assertTrue(withHost(answer, "evil.example").contains(" 400 "));
          assertEquals(200, visit(answer).statusCode());
        }));

    assertEquals("the-code", provider.askedAt("/oauth2/token").get(0).form().get("code"));
  }

  @Test
  void refusalOfTheUserIsTyped() {
    OAuth2Session session = session("http://127.0.0.1/callback");

    OAuthErrorException refused =
        assertThrows(
            OAuthErrorException.class,
            () ->
                session.logInByBrowser(
                    LoopbackLogin.showing(address -> {
                      Map<String, String> query = Form.parse(address.getRawQuery());
                      visit(
                          new Form()
                              .add("error", "access_denied")
                              .add("state", query.get("state"))
                              .add("iss", provider.issuer().toString())
                              .appendTo(URI.create(query.get("redirect_uri"))));
                    })));

    assertEquals("access_denied", refused.error());
    assertTrue(seen.get(0).body().contains("Not logged in"));
  }

  @Test
  void userWhoDoesNotComeBackIsNotWaitedForForever() {
    OAuth2Session session = session("http://127.0.0.1/callback");
    LoopbackLogin login = LoopbackLogin.showing(address -> {}).timeout(Duration.ofMillis(50));

    assertThrows(AuthorizationRequiredException.class, () -> session.logInByBrowser(login));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://127.0.0.1/callback",
        "http://127.0.0.2/callback",
        "http://192.168.0.1/callback",
        "http://localhost.evil.example/callback",
        "com.example.app:/callback"
      })
  void onlyThisMachineIsListenedAt(String redirectUri) {
    assertThrows(
        IllegalArgumentException.class, () -> LoopbackReceiver.open(URI.create(redirectUri)));
  }

  private OAuth2Session session(String redirectUri) {
    return provider.session().redirectUri(URI.create(redirectUri)).build();
  }

  private URI answerTo(URI address) {
    URI answer = provider.approve(address);
    String redirectUri = Form.parse(address.getRawQuery()).get("redirect_uri");
    return URI.create(redirectUri + "?" + answer.getRawQuery());
  }

  private HttpResponse<String> visit(URI address) {
    return send(HttpRequest.newBuilder(address).build());
  }

  private HttpResponse<String> post(URI address) {
    return send(HttpRequest.newBuilder(address).POST(BodyPublishers.noBody()).build());
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      HttpResponse<String> response = browser.send(request, BodyHandlers.ofString());
      seen.add(response);
      return response;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The status line of an answer to a page that has our address under its own name. */
  private static String withHost(URI address, String host) {
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      String request =
          "GET "
              + address.getRawPath()
              + "?"
              + address.getRawQuery()
              + " HTTP/1.1\r\nHost: "
              + host
              + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
          .readLine();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void awaitClosed(int port) {
    while (true) {
      try (Socket socket = new Socket("127.0.0.1", port)) {
        Thread.onSpinWait();
      } catch (IOException e) {
        return;
      }
    }
  }
}
