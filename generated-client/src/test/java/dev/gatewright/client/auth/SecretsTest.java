package dev.gatewright.client.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gatewright.client.auth.FakeProvider.Answer;
import dev.gatewright.client.error.GatewrightException;
import dev.gatewright.client.error.RefusedResponseException;
import dev.gatewright.client.error.TransportException;
import dev.gatewright.client.transport.Form;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Nothing that ends in a log shows a secret. */
class SecretsTest {

  private final TestClock clock = new TestClock();
  private final FakeProvider provider = new FakeProvider(clock);

  @AfterEach
  void stop() {
    provider.close();
  }

  @Test
  void textsShowNoSecret() {
    OAuth2Session session = provider.session().build();
    AuthorizationRequest request = session.authorizationUrl();
    Tokens tokens = session.fetchToken(provider.approve(request));
    ClientCredentials client =
        new ClientCredentials(
            "c", FakeProvider.CLIENT_SECRET, null, ClientAuthentication.CLIENT_SECRET_BASIC);
    Form form = new Form().add("client_secret", FakeProvider.CLIENT_SECRET);

    for (Object value : List.of(session, request, tokens, client, form, session.provider())) {
      for (String secret :
          List.of(
              tokens.accessToken(),
              String.valueOf(tokens.refreshToken()),
              String.valueOf(tokens.idToken()),
              request.codeVerifier(),
              request.nonce(),
              request.state(),
              FakeProvider.CLIENT_SECRET)) {
        assertFalse(value.toString().contains(secret), value.getClass().getSimpleName());
      }
    }
  }

  @Test
  void failuresShowNoSecret() {
    OAuth2Session session = provider.loggedIn(provider.session());
    Tokens tokens = session.tokens().orElseThrow();
    clock.advance(Duration.ofHours(1));
    List<Answer> answers =
        List.of(
            new Answer(200, "application/json", "{\"access_token\": leaked-token"),
            new Answer(200, "application/json", "\"leaked-token\""),
            Answer.json(200, Map.of("access_token", "leaked-token", "token_type", "x")),
            new Answer(500, "text/plain", "leaked-token"),
            new Answer(302, "text/plain", "leaked-token"),
            Answer.json(
                200,
                Map.of(
                    "access_token",
                    "a",
                    "token_type",
                    "Bearer",
                    "expires_in",
                    1,
                    "id_token",
                    "leaked-token.b.c")));
    for (Answer answer : answers) {
      provider.tokenEndpoint = asked -> answer;
      String trace = trace(assertThrows(GatewrightException.class, session::accessToken));
      assertFalse(trace.contains("leaked-token"), trace);
      assertFalse(trace.contains(String.valueOf(tokens.refreshToken())), trace);
      assertFalse(trace.contains(FakeProvider.CLIENT_SECRET), trace);
    }
    assertEquals(answers.size(), provider.askedAt("/oauth2/token").size());
  }

  @Test
  void refusedRedirectIsNotQuoted() {
    OAuth2Session session = provider.session().build();
    session.authorizationUrl();

    for (String query :
        List.of("code=leaked-code", "code=leaked-code&code=leaked-code", "state=leaked-code")) {
      URI redirect = URI.create(FakeProvider.CALLBACK + "?" + query);
      String trace =
          trace(assertThrows(RefusedResponseException.class, () -> session.fetchToken(redirect)));
      assertFalse(trace.contains("leaked-code"), trace);
    }
  }

  @Test
  void queryOfAFailedCallIsNotShown() {
    OAuth2Session session = provider.loggedIn(provider.session());
    URI uri = URI.create("http://localhost:1/path?key=leaked-key");

    String trace = trace(assertThrows(TransportException.class, () -> session.get(uri)));

    assertFalse(trace.contains("leaked-key"), trace);
  }

  private static String trace(Throwable failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
