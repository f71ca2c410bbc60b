package dev.gatewright.client.transport;

import dev.gatewright.client.error.RefusedResponseException;
import dev.gatewright.client.error.RefusedResponseException.Reason;
import dev.gatewright.client.http.Answer;
import dev.gatewright.client.transport.CallBuilder.Security;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a call does each time that it is made. */
record Invocation(CallBuilder operation) {

  private static final String ACCEPT = "application/json, application/problem+json, */*;q=0.1";

  /**
   * @param reader reads the body, empty if it cannot; null where there is none to read
   */
  <T extends @Nullable Object> CompletableFuture<Answer<T>> exchange(
      @Nullable Function<String, Optional<T>> reader) {
    Credentials credentials = operation.calls.credentials();
    CompletableFuture<HttpResponse<String>> answer =
        switch (operation.security) {
          case NONE, CLIENT -> send(null);
          case REGISTRATION -> send(credentials.registrationToken().orElse(null));
          case BEARER -> Bearer.authorized(credentials, this::send);
        };
    return answer.thenApply(response -> read(response, reader));
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
    if (!isForm()) {
      return Json.write(body);
    }
    Form form = Form.of(body);
    if (operation.security == Security.CLIENT && !form.has("client_id")) {
      operation.calls.credentials().authenticateClient(request, form);
    }
    return form.encoded();
  }

  private Repeat repeat() {
    return operation.body != null && isForm() && Form.of(operation.body).has("code")
        ? Repeat.UNSENT // RFC 6749 §4.1.2: a code that comes twice ends what the first one began.
        : Repeat.of(operation.method);
  }

  private boolean isForm() {
    return CallBuilder.FORM.equals(operation.contentType);
  }

  @SuppressWarnings("NullAway") // An operation that answers nothing is one of T = Void, of null.
  private <T extends @Nullable Object> Answer<T> read(
      HttpResponse<String> response, @Nullable Function<String, Optional<T>> reader) {
    int status = response.statusCode();
    boolean success = status / 100 == 2 || (status / 100 == 3 && operation.redirects);
    if (!success) {
      throw ErrorAnswer.of(response);
    }
    T body = reader == null ? null : reader.apply(response.body()).orElseThrow(this::unreadable);
    return new Answer<>(status, response.headers(), body);
  }

  private RefusedResponseException unreadable() {
    return new RefusedResponseException(
        Reason.MALFORMED, "The answer to " + operation.operationId + " cannot be read");
  }
}
