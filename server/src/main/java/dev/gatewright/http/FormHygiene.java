package dev.gatewright.http;

import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.ServerHttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.body.ByteBody;
import io.micronaut.http.body.CloseableAvailableByteBody;
import io.micronaut.http.body.CloseableByteBody;
import io.micronaut.http.filter.FilterContinuation;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/**
 * Reads every query and form before anything is bound from it, and refuses what must not be guessed
 * at: a parameter that is repeated (RFC 6749 §3.2), text that is not UTF-8, NUL, and more
 * parameters than anyone has reason to send.
 */
@ServerFilter("/**")
@Order(Ordered.HIGHEST_PRECEDENCE + 4) // after WorkFilter and CrossOriginFilter
final class FormHygiene {
  private static final int MOST_PARAMETERS = 100;
  private static final String REPEATABLE = "resource"; // RFC 8707 §2
  private static final String AUTHORIZATION_ENDPOINT = "/oauth2/auth";

  /** Proceeds only with a request that is well-formed; a form is awaited whole first. */
  @RequestFilter
  Publisher<MutableHttpResponse<?>> check(
      HttpRequest<?> request, FilterContinuation<Publisher<MutableHttpResponse<?>>> rest) {
    check(request, decode(request.getUri().getRawQuery()));
    requireMediaType(request);
    if (!isForm(request) || !(request instanceof ServerHttpRequest<?> server)) {
      return rest.proceed();
    }
    CloseableByteBody copy = server.byteBody().split(ByteBody.SplitBackpressureMode.FASTEST);
    return Mono.fromFuture(copy.buffer())
        .doOnNext(body -> checkForm(request, body))
        .flatMap(body -> Mono.from(rest.proceed()));
  }

  private static void checkForm(HttpRequest<?> request, CloseableAvailableByteBody body) {
    try (body) {
      Map<String, List<String>> form = decode(text(body.toByteArray()));
      check(request, form);
      FormParameters.set(request, form);
    }
  }

  /**
   * What a body is, is not guessed at when its media type is missing or cannot be read (RFC 9110
   * §8.3); and nothing is unfolded, for what is small on the wire may be large then (§8.4.1).
   */
  private static void requireMediaType(HttpRequest<?> request) {
    boolean hasBody =
        request.getContentLength() > 0
            || request.getHeaders().contains(HttpHeaders.TRANSFER_ENCODING);
    if (hasBody && request.getContentType().isEmpty()) {
      throw ProblemException.of(
          ProblemType.UNSUPPORTED_MEDIA_TYPE,
          "The body needs a Content-Type that this address reads");
    }
    @Nullable String encoding = request.getHeaders().get(HttpHeaders.CONTENT_ENCODING);
    if (hasBody && encoding != null && !encoding.equalsIgnoreCase("identity")) {
      throw ProblemException.of(
          ProblemType.UNSUPPORTED_MEDIA_TYPE, "The body must not be compressed");
    }
  }

  /** Whether the body of a request is a form, by its media type. */
  static boolean isForm(HttpRequest<?> request) {
    return request
        .getContentType()
        .filter(type -> type.matches(MediaType.APPLICATION_FORM_URLENCODED_TYPE))
        .isPresent();
  }

  private static void check(HttpRequest<?> request, Map<String, List<String>> parameters) {
    boolean redirectsErrors = request.getPath().equals(AUTHORIZATION_ENDPOINT);
    int count = 0;
    for (Map.Entry<String, List<String>> parameter : parameters.entrySet()) {
      String name = parameter.getKey();
      List<String> values = parameter.getValue();
      count += values.size();
      if (values.size() > 1 && !name.equals(REPEATABLE) && !redirectsErrors) {
        throw malformed("A parameter is repeated");
      }
      if (name.indexOf(0) >= 0 || values.stream().anyMatch(value -> value.indexOf(0) >= 0)) {
        throw malformed("A parameter holds NUL");
      }
    }
    if (count > MOST_PARAMETERS) {
      throw malformed("There are too many parameters");
    }
  }

  private static Map<String, List<String>> decode(@Nullable String encoded) {
    if (encoded == null || encoded.isEmpty()) {
      return Map.of();
    }
    try {
      Map<String, List<String>> parameters =
          new QueryStringDecoder(encoded, StandardCharsets.UTF_8, false, MOST_PARAMETERS + 1, true)
              .parameters();
      boolean broken = parameters.toString().indexOf('\uFFFD') >= 0;
      if (broken) {
        throw malformed("A parameter is not UTF-8");
      }
      return parameters;
    } catch (IllegalArgumentException e) {
      throw malformed("A parameter is not percent-encoded as it should be");
    }
  }

  private static String text(byte[] body) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException e) {
      throw malformed("The body is not UTF-8");
    }
  }

  private static ProblemException malformed(String detail) {
    return ProblemException.of(ProblemType.INVALID_REQUEST, detail);
  }
}
