package dev.gatewright.client.auth;

import dev.gatewright.client.auth.ProblemException.FieldProblem;
import dev.gatewright.client.model.OAuthError;
import dev.gatewright.client.model.Problem;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The two error bodies that the server speaks: OAuth errors (RFC 6749 §5.2) and problems (RFC
 * 9457).
 */
final class ErrorBody {

  private static final URI ABOUT_BLANK = URI.create("about:blank");

  private ErrorBody() {}

  /** Empty when the body is neither. */
  static Optional<GatewrightException> read(int status, @Nullable String body) {
    if (body == null) {
      return Optional.empty();
    }
    return oauthError(status, body).or(() -> problem(status, body));
  }

  private static Optional<GatewrightException> oauthError(int status, String body) {
    return Json.read(body, OAuthError.class)
        .filter(read -> read.getError() != null)
        .map(read ->
            OAuthErrorException.ofAnswer(read.getError(), read.getErrorDescription(), status));
  }

  private static Optional<GatewrightException> problem(int status, String body) {
    return Json.read(body, Problem.class)
        .filter(read -> read.getTitle() != null)
        .map(read ->
            new ProblemException(
                read.getType() == null ? ABOUT_BLANK : read.getType(),
                read.getTitle(),
                status,
                read.getDetail(),
                read.getInstance(),
                fields(read)));
  }

  private static List<FieldProblem> fields(Problem problem) {
    return Optional.ofNullable(problem.getErrors()).orElse(List.of()).stream()
        .map(error ->
            new FieldProblem(String.valueOf(error.getField()), String.valueOf(error.getMessage())))
        .toList();
  }
}
