package dev.gatewright.client.transport;

import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Requests with an access token (RFC 6750 §2.1). A token that the server calls invalid although we
 * did not think so (it was revoked, the clocks differ) is replaced once, and the request sent once
 * more: the server did nothing for the first.
 */
public final class Bearer {

  private static final Pattern INVALID_TOKEN =
      Pattern.compile("\\berror\\s*=\\s*\"?invalid_token\\b", Pattern.CASE_INSENSITIVE);

  private Bearer() {}

  /**
   * Sends a request with a token, and once more with another one if need be.
   *
   * @param credentials where the token comes from
   * @param send sends the request with a token
   */
  public static <T> CompletableFuture<HttpResponse<T>> authorized(
      Credentials credentials, Function<String, CompletableFuture<HttpResponse<T>>> send) {
    return credentials
        .accessToken()
        .thenCompose(token ->
            send.apply(token).thenCompose(first -> again(first, token, credentials, send)));
  }

  private static <T> CompletableFuture<HttpResponse<T>> again(
      HttpResponse<T> first,
      String refused,
      Credentials credentials,
      Function<String, CompletableFuture<HttpResponse<T>>> send) {
    CompletableFuture<HttpResponse<T>> asItIs = CompletableFuture.completedFuture(first);
    if (!isInvalidToken(first)) {
      return asItIs;
    }
    return credentials.insteadOf(refused).thenCompose(renewed -> renewed.map(send).orElse(asItIs));
  }

  private static boolean isInvalidToken(HttpResponse<?> response) {
    return response.statusCode() == 401
        && response.headers().allValues("WWW-Authenticate").stream()
            .anyMatch(challenge -> INVALID_TOKEN.matcher(challenge).find());
  }
}
