package dev.gatewright.bearer;

import dev.gatewright.oauth.RequiredScopes;
import io.micronaut.core.annotation.AnnotationMetadata;
import io.micronaut.http.HttpRequest;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.security.rules.SecuredAnnotationRule;
import io.micronaut.security.rules.SecurityRule;
import io.micronaut.security.rules.SecurityRuleResult;
import io.micronaut.web.router.MethodBasedRouteMatch;
import io.micronaut.web.router.RouteAttributes;
import jakarta.inject.Singleton;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/**
 * Lets a caller pass to an operation only with every scope that the contract asks for there. Asked
 * before the rule of {@code @Secured}, which by itself would take any one of them.
 */
@Singleton
final class ScopeRule implements SecurityRule<HttpRequest<?>> {

  @Override
  public Publisher<SecurityRuleResult> check(
      @Nullable HttpRequest<?> request, @Nullable Authentication caller) {
    List<String> required = request == null ? List.of() : required(request);
    boolean lacks = caller != null && !caller.getRoles().containsAll(required);
    return Mono.just(lacks ? SecurityRuleResult.REJECTED : SecurityRuleResult.UNKNOWN);
  }

  /** The scopes of the operation that the request is routed to. */
  static List<String> required(HttpRequest<?> request) {
    return RouteAttributes.getRouteMatch(request)
        .filter(MethodBasedRouteMatch.class::isInstance)
        .map(route -> ((MethodBasedRouteMatch<?, ?>) route).getAnnotationMetadata())
        .map(AnnotationMetadata.class::cast)
        .map(metadata -> List.of(metadata.stringValues(RequiredScopes.class)))
        .orElse(List.of());
  }

  @Override
  public int getOrder() {
    return SecuredAnnotationRule.ORDER - 10;
  }
}
