package dev.gatewright.client.transport;

import dev.gatewright.client.error.GatewrightException;
import dev.gatewright.client.error.OAuthErrorException;
import dev.gatewright.client.error.ProblemException;
import dev.gatewright.client.error.ProblemException.FieldProblem;
import dev.gatewright.client.error.Refusal;
import dev.gatewright.client.error.TransportException;
import dev.gatewright.client.model.OAuthError;
import dev.gatewright.client.model.Problem;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the two error bodies that the server speaks: OAuth errors (RFC 6749 §5.2) and problems (RFC
 * 9457).
 */
public final class ErrorAnswer {

  private static final URI ABOUT_BLANK = URI.create("about:blank");

  private ErrorAnswer() {}

  /** What an answer that is no success means; its body is quoted only where it is an error. */
  public static GatewrightException of(HttpResponse<?> response) {
    String body = response.body() instanceof String text ? text : null;
    return oauthError(response, body)
        .or(() -> problem(response, body))
        .orElseGet(() ->
            TransportException.unexpectedAnswer(
                TransportException.call(response.request().method(), response.request().uri()),
                refusal(response, null)));
  }

  private static Optional<GatewrightException> oauthError(
      HttpResponse<?> response, @Nullable String body) {
    return read(body, OAuthError.class)
        .filter(error -> error.error() != null)
        .map(error ->
            new OAuthErrorException(
                error.error(), error.errorDescription(), refusal(response, null)));
  }

  private static Optional<GatewrightException> problem(
      HttpResponse<?> response, @Nullable String body) {
    return read(body, Problem.class)
        .filter(problem -> problem.title() != null)
        .map(problem ->
            new ProblemException(
                problem.type() == null ? ABOUT_BLANK : problem.type(),
                problem.title(),
                problem.detail(),
                fields(problem),
                refusal(response, problem.instance())));
  }

  private static <T> Optional<T> read(@Nullable String body, Class<T> type) {
    return body == null ? Optional.empty() : Json.read(body, type);
  }

  private static Refusal refusal(HttpResponse<?> response, @Nullable URI instance) {
    return new Refusal(
        response.statusCode(),
        instance == null ? null : instance.toString(),
        RetryAfter.of(response.headers()).orElse(null),
        response.headers().firstValue("WWW-Authenticate").orElse(null));
  }

  private static List<FieldProblem> fields(Problem problem) {
    return Optional.ofNullable(problem.errors()).orElse(List.of()).stream()
        .map(error ->
            new FieldProblem(String.valueOf(error.field()), String.valueOf(error.message())))
        .toList();
  }
}
