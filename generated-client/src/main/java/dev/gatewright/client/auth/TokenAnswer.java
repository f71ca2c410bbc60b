package dev.gatewright.client.auth;

import dev.gatewright.client.error.OAuthErrorException;
import dev.gatewright.client.error.ProblemException;
import dev.gatewright.client.error.RefusedResponseException;
import dev.gatewright.client.error.RefusedResponseException.Reason;
import dev.gatewright.client.error.TransportException;
import dev.gatewright.client.model.TokenResponse;
import dev.gatewright.client.transport.ErrorAnswer;
import dev.gatewright.client.transport.Json;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the answer to a request for tokens (RFC 6749 §5). */
final class TokenAnswer {

  private TokenAnswer() {}

  /**
   * @param response what the server answered
   * @param askedAt when it was asked; the access token's life is counted from then, to be on the
   *     safe side
   * @param askedScopes what was asked for, which is what was granted when the answer does not say
   *     (§5.1)
   * @throws OAuthErrorException or {@link ProblemException} if the server refused
   * @throws TransportException if the answer is no answer of the server
   * @throws RefusedResponseException if it grants something that we cannot use
   */
  static Tokens read(HttpResponse<String> response, Instant askedAt, Set<String> askedScopes) {
    check(response);
    TokenResponse answer =
        Json.read(response.body(), TokenResponse.class)
            .orElseThrow(() -> unusable("it cannot be read"));
    if (isEmpty(answer.accessToken())) {
      throw unusable("it lacks access_token");
    }
    if (!"Bearer".equalsIgnoreCase(answer.tokenType())) {
      throw unusable("its token_type is not Bearer");
    }
    if (answer.expiresIn() == null || answer.expiresIn() <= 0) {
      throw unusable("it does not say when the access token expires");
    }
    return new Tokens(
        answer.accessToken(),
        answer.refreshToken(),
        answer.idToken(),
        answer.scope() == null ? askedScopes : Scopes.parse(answer.scope()),
        askedAt,
        askedAt.plusSeconds(answer.expiresIn()));
  }

  /** Lets only a success pass. */
  static void check(HttpResponse<String> response) {
    if (response.statusCode() != 200) {
      throw ErrorAnswer.of(response);
    }
  }

  private static RefusedResponseException unusable(String why) {
    return new RefusedResponseException(Reason.MALFORMED, "The token response is unusable: " + why);
  }

  private static boolean isEmpty(@Nullable String text) {
    return text == null || text.isEmpty();
  }
}
