package dev.gatewright.http;

import dev.gatewright.oauth.DeprecatedSince;
import io.micronaut.core.annotation.AnnotationValue;
import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.web.router.RouteAttributes;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Says of a deprecated operation since when it is (RFC 9745 §2, {@code Deprecation}) and until when
 * it answers (RFC 8594 §3, {@code Sunset}), whatever it answers, refusals included.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
@Order(Ordered.HIGHEST_PRECEDENCE + 1) // after RequestId, before what refuses
final class DeprecationFilter {
  /** RFC 9110 §5.6.7: two digits for every day, which the JDK's RFC 1123 does not write. */
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH);

  @ResponseFilter
  void say(HttpRequest<?> request, MutableHttpResponse<?> response) {
    RouteAttributes.getRouteInfo(request)
        .map(route -> route.getAnnotationMetadata().getAnnotation(DeprecatedSince.class))
        .ifPresent(deprecated -> say(deprecated, response));
  }

  private static void say(
      AnnotationValue<DeprecatedSince> deprecated, MutableHttpResponse<?> response) {
    deprecated
        .stringValue()
        .map(DeprecationFilter::startOf)
        .ifPresent(day -> response.header("Deprecation", "@" + day.toEpochSecond()));
    deprecated
        .stringValue("sunset")
        .filter(day -> !day.isEmpty())
        .map(DeprecationFilter::startOf)
        .ifPresent(day -> response.header("Sunset", HTTP_DATE.format(day)));
  }

  private static ZonedDateTime startOf(String day) {
    return LocalDate.parse(day).atStartOfDay(ZoneOffset.UTC);
  }
}
