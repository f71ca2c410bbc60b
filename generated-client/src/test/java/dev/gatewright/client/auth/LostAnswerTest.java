package dev.gatewright.client.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatewright.client.auth.FakeProvider.Answer;
import dev.gatewright.client.auth.FakeProvider.Asked;
import dev.gatewright.client.error.AuthorizationRequiredException;
import dev.gatewright.client.error.OAuthErrorException;
import dev.gatewright.client.error.TransportException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The answer to a refresh does not arrive: was the refresh token redeemed, or not? */
class LostAnswerTest {

  private static final String TOKEN = "/oauth2/token";

  private final TestClock clock = new TestClock();
  private final FakeProvider provider = new FakeProvider(clock);
  private final OAuth2Session session = provider.loggedIn(provider.session());
  private final String refreshToken = String.valueOf(session.tokens().orElseThrow().refreshToken());

  @AfterEach
  void stop() {
    provider.close();
  }

  @Test
  void sameRefreshTokenIsSentOnceMore() {
    AtomicInteger count = new AtomicInteger();
    provider.tokenEndpoint =
        asked -> count.incrementAndGet() == 1 ? Answer.LOST : provider.grant(asked);
    clock.advance(Duration.ofHours(1));

    String renewed = session.accessToken();

    assertEquals(renewed, session.tokens().orElseThrow().accessToken());
    assertEquals(List.of(refreshToken, refreshToken), sent());
  }

  /** Without a grace the server takes the second for reuse, and ends the family. */
  @Test
  void endOfTheFamilyAsksForTheUser() {
    AtomicInteger count = new AtomicInteger();
    provider.tokenEndpoint =
        asked ->
            count.incrementAndGet() == 1
                ? Answer.LOST
                : Answer.error(400, "invalid_grant", "The refresh token was used before");
    clock.advance(Duration.ofHours(1));

    AuthorizationRequiredException required =
        assertThrows(AuthorizationRequiredException.class, session::accessToken);

    assertInstanceOf(OAuthErrorException.class, required.getCause());
    assertTrue(session.tokens().isEmpty());
    assertEquals(2, sent().size());
  }

  @Test
  void refreshTokenStaysWhenTheSecondAnswerIsLostToo() {
    provider.tokenEndpoint = asked -> Answer.LOST;
    clock.advance(Duration.ofHours(1));

    assertThrows(TransportException.class, session::accessToken);
    assertEquals(2, sent().size());

    provider.tokenEndpoint = provider::grant;
    session.accessToken();
    assertEquals(List.of(refreshToken, refreshToken, refreshToken), sent());
  }

  /** RFC 6749 §4.1.2: a code that comes twice ends what the first one began. */
  @Test
  void codeIsNeverSentTwice() {
    provider.tokenEndpoint = asked -> Answer.LOST;
    OAuth2Session other = provider.session().build();
    AuthorizationRequest request = other.authorizationUrl();

    assertThrows(
        TransportException.class, () -> other.fetchToken(provider.approve(request), request));

    assertEquals(1, provider.askedAt(TOKEN).size());
  }

  private List<String> sent() {
    return provider.askedAt(TOKEN).stream()
        .map(Asked::form)
        .map(form -> form.get("refresh_token"))
        .toList();
  }
}
