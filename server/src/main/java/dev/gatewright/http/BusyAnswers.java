package dev.gatewright.http;

import dev.gatewright.crypto.Ids;
import dev.gatewright.oauth.CrossOrigin;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.json.JsonMapper;
import io.micronaut.web.router.Router;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What {@link ErrorAnswers} says to a request that is not taken on, written beforehand: sending
 * away must cost much less than serving does, or those who are sent away take the place of those
 * who could be served.
 */
@Singleton
public final class BusyAnswers {
  /** Not all are to come back in the same second. */
  private static final int LATEST_RETRY_SECONDS = 3;

  private final ErrorAnswers answers;
  private final JsonMapper json;

  /** Paths whose answers pages of other origins may read. */
  private final Set<String> readableElsewhere;

  private volatile @Nullable Map<ErrorAnswers.Audience, Prepared> prepared;

  BusyAnswers(ErrorAnswers answers, JsonMapper json, Router router) {
    this.answers = answers;
    this.json = json;
    this.readableElsewhere =
        router
            .uriRoutes()
            .filter(route -> route.getAnnotationMetadata().hasAnnotation(CrossOrigin.class))
            .map(route -> route.getUriMatchTemplate().toPathString())
            .collect(Collectors.toUnmodifiableSet());
  }

  static int retryAfterSeconds() {
    return ThreadLocalRandom.current().nextInt(LATEST_RETRY_SECONDS) + 1;
  }

  /**
   * 503 with {@code Retry-After} in the form that callers of an address read.
   *
   * @param target as it came, with its query
   */
  public FullHttpResponse to(String target) {
    Map<ErrorAnswers.Audience, Prepared> all = prepared;
    if (all == null) {
      all = prepare();
      prepared = all;
    }
    int query = target.indexOf('?');
    String path = query < 0 ? target : target.substring(0, query);
    FullHttpResponse answer =
        Objects.requireNonNull(all.get(ErrorAnswers.Audience.of(path))).answer();
    if (readableElsewhere.contains(path)) {
      answer.headers().set(HttpHeaderNames.VARY, HttpHeaderNames.ORIGIN);
    }
    return answer;
  }

  private Map<ErrorAnswers.Audience, Prepared> prepare() {
    Map<ErrorAnswers.Audience, Prepared> all = new EnumMap<>(ErrorAnswers.Audience.class);
    all.put(ErrorAnswers.Audience.OAUTH, prepare(HttpRequest.GET("/oauth2/token")));
    all.put(ErrorAnswers.Audience.API, prepare(HttpRequest.GET("/api/user")));
    all.put(ErrorAnswers.Audience.BROWSER, prepare(HttpRequest.GET("/")));
    return all;
  }

  private Prepared prepare(HttpRequest<?> example) {
    MutableHttpResponse<?> answer = answers.busy(example, 1);
    HttpHeaders headers = new DefaultHttpHeaders();
    answer.getHeaders().forEach((name, values) -> headers.set(name, values));
    Object body = answer.body();
    try {
      String text =
          body instanceof String page
              ? page
              : new String(json.writeValueAsBytes(body), StandardCharsets.UTF_8);
      String[] parts = text.split(RequestId.of(example).toString(), -1);
      return new Prepared(headers, parts);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * An answer but for the id of its request.
   *
   * @param parts of the body, between which the id stands
   */
  private record Prepared(HttpHeaders headers, String[] parts) {
    FullHttpResponse answer() {
      String text = parts.length == 1 ? parts[0] : String.join(Ids.next().toString(), parts);
      ByteBuf body = Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.UTF_8));
      FullHttpResponse answer =
          new DefaultFullHttpResponse(
              HttpVersion.HTTP_1_1, HttpResponseStatus.SERVICE_UNAVAILABLE, body);
      answer
          .headers()
          .set(headers)
          .setInt(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes())
          .setInt(HttpHeaderNames.RETRY_AFTER, retryAfterSeconds());
      return answer;
    }
  }
}
