package dev.gatewright.http;

import dev.gatewright.api.model.OAuthError;
import dev.gatewright.api.model.Problem;
import dev.gatewright.database.SqlErrors;
import dev.gatewright.oauth.ErrorCode;
import dev.gatewright.page.ErrorPage;
import dev.gatewright.page.Pages;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Singleton;
import java.net.URI;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one place that writes errors: OAuth JSON (RFC 6749 §5.2) below {@code /oauth2}, problem+json
 * (RFC 9457) below {@code /api}, and a page everywhere else, the authorization and the logout
 * endpoint included.
 *
 * <p>A refused request is logged as information, a broken server as an error, each with the {@link
 * RequestId} that the caller also gets.
 */
@Singleton
public class ErrorAnswers {
  private static final Logger LOG = LoggerFactory.getLogger(ErrorAnswers.class);
  private static final int DATABASE_RETRY_SECONDS = 5;

  private final Pages pages;

  public ErrorAnswers(Pages pages) {
    this.pages = pages;
  }

  /** An answer for the kind of caller that asked. */
  public MutableHttpResponse<?> answer(HttpRequest<?> request, ProblemException problem) {
    int status = problem.type().status();
    return switch (Audience.of(request)) {
      case OAUTH -> oauth(request, oauthCode(status), problem.detail(), status, problem.detail());
      case API ->
          problem(request, problem.type(), problem.detail(), problem.errors(), problem.detail());
      case BROWSER -> page(request, status, problem.detail(), null, problem.detail());
    };
  }

  /** As {@link #answer(HttpRequest, ProblemException)}, of an OAuth error. */
  public MutableHttpResponse<?> answer(
      HttpRequest<?> request, ErrorCode error, String description, int status, String logged) {
    return switch (Audience.of(request)) {
      case OAUTH -> oauth(request, error, description, status, logged);
      case API -> problem(request, ProblemType.ofStatus(status), description, List.of(), logged);
      case BROWSER -> page(request, status, description, error, logged);
    };
  }

  /**
   * The server's own fault: the caller learns an id, the log learns everything. A database that
   * cannot be reached, or has no connection left, is said to be so: 503, worth another try.
   */
  public MutableHttpResponse<?> broken(HttpRequest<?> request, Throwable fault) {
    Optional<SQLException> unavailable = SqlErrors.unavailable(fault);
    if (unavailable.isPresent()) {
      return withoutDatabase(request, unavailable.get());
    }
    String id = RequestId.urn(request);
    RequestId.log(
        request, () -> LOG.error("{} {} failed", request.getMethod(), request.getPath(), fault));
    String detail =
        "The server failed; nothing that you sent is to blame. Its log has the id of this answer.";
    return switch (Audience.of(request)) {
      case OAUTH ->
          json(500)
              .body(
                  new OAuthError()
                      .error(ErrorCode.SERVER_ERROR.code())
                      .errorDescription(detail + " " + id));
      case API -> problemBody(ProblemType.INTERNAL_ERROR, detail, List.of(), id);
      case BROWSER -> pages.error(new ErrorPage(500, title(500), detail, null, id));
    };
  }

  /**
   * 503 with {@code Retry-After} for a request that the server does not take on. It is not logged
   * as refused, for such come by the thousands.
   */
  MutableHttpResponse<?> busy(HttpRequest<?> request, int retryAfterSeconds) {
    String detail = "The server has too much to do just now; try again in a moment";
    String id = RequestId.urn(request);
    MutableHttpResponse<?> answer =
        switch (Audience.of(request)) {
          case OAUTH ->
              json(503)
                  .body(
                      new OAuthError()
                          .error(ErrorCode.TEMPORARILY_UNAVAILABLE.code())
                          .errorDescription(ascii(detail)));
          case API -> problemBody(ProblemType.UNAVAILABLE, detail, List.of(), id);
          case BROWSER -> pages.error(new ErrorPage(503, title(503), detail, null, id));
        };
    return answer.header(HttpHeaders.RETRY_AFTER, Integer.toString(retryAfterSeconds));
  }

  private MutableHttpResponse<?> withoutDatabase(HttpRequest<?> request, SQLException fault) {
    RequestId.log(request, () -> LOG.error("The database cannot be used: {}", fault.getMessage()));
    String detail = "The server cannot do this just now; try again in a moment";
    return answer(request, ProblemException.unavailable(DATABASE_RETRY_SECONDS, detail))
        .header(HttpHeaders.RETRY_AFTER, Integer.toString(DATABASE_RETRY_SECONDS));
  }

  private MutableHttpResponse<?> oauth(
      HttpRequest<?> request, ErrorCode error, String description, int status, String logged) {
    if (error != ErrorCode.AUTHORIZATION_PENDING) { // what every device is told every few seconds
      refused(request, status, logged);
    }
    MutableHttpResponse<OAuthError> response =
        json(status)
            .body(new OAuthError().error(error.code()).errorDescription(ascii(description)));
    if (error == ErrorCode.INVALID_CLIENT) {
      response.header(
          HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"gatewright\", charset=\"UTF-8\"");
    }
    return response;
  }

  private MutableHttpResponse<?> problem(
      HttpRequest<?> request,
      ProblemType type,
      String detail,
      List<FieldError> errors,
      String logged) {
    refused(request, type.status(), logged + (errors.isEmpty() ? "" : " " + errors));
    return problemBody(type, detail, errors, RequestId.urn(request));
  }

  private static MutableHttpResponse<?> problemBody(
      ProblemType type, String detail, List<FieldError> errors, String id) {
    Problem body =
        new Problem()
            .type(URI.create(type.urn()))
            .title(type.title())
            .status(type.status())
            .detail(detail)
            .instance(URI.create(id));
    if (!errors.isEmpty()) {
      body.errors(
          errors.stream()
              .map(error ->
                  new dev.gatewright.api.model.FieldError()
                      .field(error.field())
                      .message(error.message()))
              .toList());
    }
    return HttpResponse.status(HttpStatus.valueOf(type.status()))
        .contentType(MediaType.of("application/problem+json"))
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .body(body);
  }

  private MutableHttpResponse<?> page(
      HttpRequest<?> request,
      int status,
      String message,
      @Nullable ErrorCode error,
      String logged) {
    refused(request, status, logged);
    return pages.error(
        new ErrorPage(
            status,
            title(status),
            message,
            error == null ? null : error.code(),
            RequestId.urn(request)));
  }

  private static MutableHttpResponse<OAuthError> json(int status) {
    return HttpResponse.<OAuthError>status(HttpStatus.valueOf(status))
        .contentType(MediaType.APPLICATION_JSON_TYPE)
        .header(HttpHeaders.CACHE_CONTROL, "no-store");
  }

  private static void refused(HttpRequest<?> request, int status, String logged) {
    RequestId.log(
        request,
        () ->
            LOG.info(
                "{} {} refused with {}: {}",
                request.getMethod(),
                request.getPath(),
                status,
                logged));
  }

  private static ErrorCode oauthCode(int status) {
    return switch (status) {
      case 503, 429 -> ErrorCode.TEMPORARILY_UNAVAILABLE;
      case 401 -> ErrorCode.INVALID_TOKEN;
      case 403 -> ErrorCode.ACCESS_DENIED;
      default -> status >= 500 ? ErrorCode.SERVER_ERROR : ErrorCode.INVALID_REQUEST;
    };
  }

  private static String title(int status) {
    return switch (status) {
      case 404 -> "This page does not exist";
      case 429, 503 -> "Try again in a moment";
      default -> status >= 500 ? "Something broke on our side" : "This request cannot be completed";
    };
  }

  /** RFC 6749 §5.2 allows printable ASCII without quotes and backslashes. */
  private static String ascii(String text) {
    return text.replaceAll("[^\\x20\\x21\\x23-\\x5B\\x5D-\\x7E]", "'");
  }

  /** Who reads the answer. */
  enum Audience {
    OAUTH,
    API,
    BROWSER;

    static Audience of(HttpRequest<?> request) {
      return of(request.getPath());
    }

    static Audience of(String path) {
      if (path.equals("/oauth2/auth") || path.equals("/oauth2/logout")) {
        return BROWSER;
      }
      if (path.startsWith("/oauth2/") || path.startsWith("/.well-known/")) {
        return OAUTH;
      }
      return path.startsWith("/api/") || path.equals("/api") ? API : BROWSER;
    }
  }
}
