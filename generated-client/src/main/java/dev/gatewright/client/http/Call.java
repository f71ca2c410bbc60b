package dev.gatewright.client.http;

import dev.gatewright.client.error.AuthorizationRequiredException;
import dev.gatewright.client.error.GatewrightException;
import dev.gatewright.client.error.OAuthErrorException;
import dev.gatewright.client.error.ProblemException;
import dev.gatewright.client.error.RefusedResponseException;
import dev.gatewright.client.error.RefusedResponseException.Reason;
import dev.gatewright.client.error.TransportException;
import dev.gatewright.client.http.CallBuilder.Security;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One operation with its parameters, ready to be made: any number of times, from any thread. Every
 * way of making it throws, or fails with,
 *
 * <ul>
 *   <li>{@link ProblemException} or {@link OAuthErrorException} if the server refuses,
 *   <li>{@link AuthorizationRequiredException} if there is no token and only the user can help,
 *   <li>{@link TransportException} if there is no usable answer,
 *   <li>{@link RefusedResponseException} if the answer cannot be read.
 * </ul>
 *
 * An access token that the server calls invalid is renewed once, and the call made again.
 * Cancelling a future does not take back what was sent. {@code toString()} names the operation and
 * nothing else.
 *
 * @param <T> what it is answered with
 */
public final class Call<T extends @Nullable Object> {

  private static final String ACCEPT = "application/json, application/problem+json, */*;q=0.1";

  private final CallBuilder operation;
  private final @Nullable Function<String, Optional<T>> reader;

  Call(CallBuilder operation, @Nullable Function<String, Optional<T>> reader) {
    this.operation = operation;
    this.reader = reader;
  }

  /** Makes the call and waits for what it is answered with. */
  public T send() {
    return exchange().body();
  }

  /** Makes the call without waiting. */
  public CompletableFuture<T> sendAsync() {
    return exchangeAsync().thenApply(Answer::body);
  }

  /** As {@link #send}, with status and headers: the {@code ETag}, say. */
  public Answer<T> exchange() {
    return Waiting.alone(exchangeAsync());
  }

  /** As {@link #exchange}, without waiting. */
  public CompletableFuture<Answer<T>> exchangeAsync() {
    return answer().thenApply(this::read);
  }

  /** The same call, answered with the body as it came: a signed userinfo response, say. */
  public Call<String> text() {
    return new Call<>(operation, Optional::of);
  }

  private CompletableFuture<HttpResponse<String>> answer() {
    Credentials credentials = operation.calls.credentials();
    return switch (operation.security) {
      case NONE -> send(null);
      case CLIENT -> send(null);
      case REGISTRATION -> send(credentials.registrationToken().orElse(null));
      case BEARER -> Bearer.authorized(credentials, this::send);
    };
  }

  private CompletableFuture<HttpResponse<String>> send(@Nullable String token) {
    return operation
        .calls
        .transport()
        .sendAsync(() -> request(token), BodyHandlers.ofString(), repeat());
  }

  private HttpRequest request(@Nullable String token) {
    HttpRequest.Builder request = HttpRequest.newBuilder(operation.uri()).header("Accept", ACCEPT);
    operation.headers.forEach(request::header);
    if (token != null) {
      request.setHeader("Authorization", "Bearer " + token);
    }
    if (operation.body == null || operation.contentType == null) {
      return request.method(operation.method, BodyPublishers.noBody()).build();
    }
    request.header("Content-Type", operation.contentType);
    return request
        .method(operation.method, BodyPublishers.ofString(body(operation.body, request)))
        .build();
  }

  private String body(Object body, HttpRequest.Builder request) {
    if (!CallBuilder.FORM.equals(operation.contentType)) {
      return Json.write(body);
    }
    Form form = Form.of(body);
    if (operation.security == Security.CLIENT && !form.has("client_id")) {
      operation.calls.credentials().authenticateClient(request, form);
    }
    return form.encoded();
  }

  private Repeat repeat() {
    return operation.body != null
            && CallBuilder.FORM.equals(operation.contentType)
            && Form.of(operation.body).has("code")
        ? Repeat.UNSENT // RFC 6749 §4.1.2: a code that comes twice ends what the first one began.
        : Repeat.of(operation.method);
  }

  @SuppressWarnings("NullAway") // An operation that answers nothing is one of T = Void, of null.
  private Answer<T> read(HttpResponse<String> response) {
    int status = response.statusCode();
    if (!(status >= 200 && status < 300 || status >= 300 && status < 400 && operation.redirects)) {
      throw ErrorAnswer.of(response);
    }
    T body = reader == null ? null : reader.apply(response.body()).orElseThrow(this::unreadable);
    return new Answer<>(status, response.headers(), body);
  }

  private GatewrightException unreadable() {
    return new RefusedResponseException(
        Reason.MALFORMED, "The answer to " + operation.operationId + " cannot be read");
  }

  @Override
  public String toString() {
    return "Call[" + operation.operationId + "]";
  }
}
