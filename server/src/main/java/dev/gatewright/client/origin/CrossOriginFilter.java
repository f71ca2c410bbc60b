package dev.gatewright.client.origin;

import dev.gatewright.http.ErrorAnswers;
import dev.gatewright.oauth.CrossOrigin;
import dev.gatewright.oauth.ErrorCode;
import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.FilterContinuation;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.web.router.Router;
import jakarta.inject.Named;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.stream.Collectors;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Lets pages of registered origins read what {@link CrossOrigin} operations answer, errors included
 * (Fetch Standard, CORS protocol). Whoever asks from elsewhere is answered the same, but a browser
 * will not show it to the page. No answer depends on cookies, so credentials are never allowed.
 *
 * <p>It stands before the filters that refuse, so that it sees their answers too.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
@Order(Ordered.HIGHEST_PRECEDENCE + 3) // after WorkFilter
final class CrossOriginFilter {
  private static final String REQUEST_HEADERS = "Authorization, Content-Type";
  private static final String RESPONSE_HEADERS = "WWW-Authenticate, Retry-After";
  private static final String PREFLIGHT_SECONDS = "600";

  private final ClientOrigins origins;
  private final ErrorAnswers answers;
  private final Scheduler blocking;
  private final Map<String, String> methods;

  CrossOriginFilter(
      ClientOrigins origins,
      ErrorAnswers answers,
      Router router,
      @Named(TaskExecutors.BLOCKING) ExecutorService blocking) {
    this.origins = origins;
    this.answers = answers;
    this.blocking = Schedulers.fromExecutorService(blocking);
    this.methods = methods(router);
  }

  /** The methods of each path that has such an operation. */
  private static Map<String, String> methods(Router router) {
    return router
        .uriRoutes()
        .filter(route -> route.getAnnotationMetadata().hasAnnotation(CrossOrigin.class))
        .collect(
            Collectors.groupingBy(
                route -> route.getUriMatchTemplate().toPathString(),
                Collectors.mapping(
                    route -> route.getHttpMethodName(),
                    Collectors.collectingAndThen(
                        Collectors.toCollection(TreeSet::new),
                        names -> String.join(", ", names)))));
  }

  @RequestFilter
  Publisher<MutableHttpResponse<?>> filter(
      HttpRequest<?> request, FilterContinuation<Publisher<MutableHttpResponse<?>>> rest) {
    if (!methods.containsKey(request.getPath())) {
      return rest.proceed();
    }
    List<String> sent = request.getHeaders().getAll(HttpHeaders.ORIGIN);
    boolean preflight =
        request.getMethod() == HttpMethod.OPTIONS
            && !sent.isEmpty()
            && request.getHeaders().contains(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD);
    Optional<WebOrigin> origin =
        sent.size() == 1 ? WebOrigin.ofHeader(sent.getFirst()) : Optional.empty();
    return registered(origin)
        .flatMap(registered ->
            preflight
                ? Mono.just(preflight(request, registered))
                : Mono.from(rest.proceed()).map(response -> readable(response, registered)))
        .map(response -> response.header(HttpHeaders.VARY, HttpHeaders.ORIGIN));
  }

  /**
   * What was sent away before it came to here, by whom nothing is looked up, is readable for those
   * who are remembered.
   */
  @ResponseFilter
  @Order(Ordered.HIGHEST_PRECEDENCE + 1) // outside WorkFilter
  void sentAway(HttpRequest<?> request, MutableHttpResponse<?> response) {
    if (response.code() == HttpStatus.SERVICE_UNAVAILABLE.getCode()
        && !response.getHeaders().contains(HttpHeaders.VARY)
        && methods.containsKey(request.getPath())) {
      response.header(HttpHeaders.VARY, HttpHeaders.ORIGIN);
      List<String> sent = request.getHeaders().getAll(HttpHeaders.ORIGIN);
      if (sent.size() == 1) {
        readable(
            response,
            WebOrigin.ofHeader(sent.getFirst()).filter(origins::isRememberedAsRegistered));
      }
    }
  }

  /** The origin if it is registered, read off the event loop. */
  private Mono<Optional<WebOrigin>> registered(Optional<WebOrigin> origin) {
    return origin.isEmpty()
        ? Mono.just(origin)
        : Mono.fromCallable(() -> origin.filter(origins::isRegistered)).subscribeOn(blocking);
  }

  private MutableHttpResponse<?> preflight(HttpRequest<?> request, Optional<WebOrigin> registered) {
    if (registered.isEmpty()) {
      String refusal = "No client is registered with a redirect URI of this origin";
      return answers.answer(request, ErrorCode.ACCESS_DENIED, refusal, 403, refusal);
    }
    return HttpResponse.noContent()
        .header(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, registered.get().value())
        .header(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, methods.get(request.getPath()))
        .header(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, REQUEST_HEADERS)
        .header(HttpHeaders.ACCESS_CONTROL_MAX_AGE, PREFLIGHT_SECONDS);
  }

  private static MutableHttpResponse<?> readable(
      MutableHttpResponse<?> response, Optional<WebOrigin> registered) {
    registered.ifPresent(origin ->
        response
            .header(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin.value())
            .header(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, RESPONSE_HEADERS));
    return response;
  }
}
