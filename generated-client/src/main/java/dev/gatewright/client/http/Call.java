package dev.gatewright.client.http;

import dev.gatewright.client.concurrent.Waiting;
import dev.gatewright.client.error.AuthorizationRequiredException;
import dev.gatewright.client.error.OAuthErrorException;
import dev.gatewright.client.error.ProblemException;
import dev.gatewright.client.error.RefusedResponseException;
import dev.gatewright.client.error.TransportException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
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

  private final String operationId;
  private final Supplier<CompletableFuture<Answer<T>>> exchange;
  private final Supplier<CompletableFuture<Answer<String>>> textExchange;

  /**
   * For the generated classes, and for tests of what makes calls.
   *
   * @param operationId which operation of the contract it is
   * @param exchange makes it
   * @param textExchange makes it, and gives the body as it came
   */
  public Call(
      String operationId,
      Supplier<CompletableFuture<Answer<T>>> exchange,
      Supplier<CompletableFuture<Answer<String>>> textExchange) {
    this.operationId = operationId;
    this.exchange = exchange;
    this.textExchange = textExchange;
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
    return exchange.get();
  }

  /** The same call, answered with the body as it came: a signed userinfo response, say. */
  public Call<String> text() {
    return new Call<>(operationId, textExchange, textExchange);
  }

  @Override
  public String toString() {
    return "Call[" + operationId + "]";
  }
}
