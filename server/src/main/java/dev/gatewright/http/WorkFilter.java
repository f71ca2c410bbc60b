package dev.gatewright.http;

import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.management.endpoint.annotation.Endpoint;
import io.micronaut.web.router.RouteAttributes;
import org.jspecify.annotations.Nullable;

/**
 * Sends a request away at once, by 503 with {@code Retry-After}, when as many are in work as the
 * node takes on: before a thread, a connection or its body is touched. Health and metrics have
 * places of their own, for a balancer that took busy nodes out would leave the others busier still.
 *
 * <p>Most are not let so far ({@code http.wire}); this is who decides.
 *
 * <p>A place is kept until there is an answer, also when the caller has gone: what is being done
 * counts, not who waits for it.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
@Order(Ordered.HIGHEST_PRECEDENCE + 2) // after RequestId, before all that does something
final class WorkFilter {
  private static final String PLACE = "gatewright.place";

  private final WorkLimit limit;
  private final ErrorAnswers answers;

  WorkFilter(WorkLimit limit, ErrorAnswers answers) {
    this.limit = limit;
    this.answers = answers;
  }

  @RequestFilter
  @Nullable HttpResponse<?> begin(HttpRequest<?> request) {
    if (limit.enter() || (isEndpoint(request) && limit.enterReserved())) {
      request.setAttribute(PLACE, limit);
      return null;
    }
    limit.shed();
    return answers.busy(request, BusyAnswers.retryAfterSeconds());
  }

  @ResponseFilter
  void end(HttpRequest<?> request) {
    request.removeAttribute(PLACE, WorkLimit.class).ifPresent(WorkLimit::leave);
  }

  private static boolean isEndpoint(HttpRequest<?> request) {
    return RouteAttributes.getRouteInfo(request)
        .filter(route -> route.getAnnotationMetadata().hasStereotype(Endpoint.class))
        .isPresent();
  }
}
