package dev.gatewright.authorize;

import dev.gatewright.api.AuthorizationApi;
import dev.gatewright.http.FormParameters;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.context.ServerRequestContext;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code /oauth2/auth}. Takes the parameters as they were sent, not as they were bound: a repeated
 * one must be seen to be refused, and one that is not in the contract to be ignored.
 */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
final class AuthorizeController implements AuthorizationApi {
  private final Dispatcher dispatcher;

  AuthorizeController(Dispatcher dispatcher) {
    this.dispatcher = dispatcher;
  }

  @Override
  public HttpResponse<?> authorize(
      @Nullable String responseType,
      @Nullable String clientId,
      @Nullable String redirectUri,
      @Nullable String scope,
      @Nullable String state,
      @Nullable String nonce,
      @Nullable String codeChallenge,
      @Nullable String codeChallengeMethod,
      @Nullable String prompt,
      @Nullable String maxAge,
      @Nullable String loginHint,
      @Nullable String idTokenHint,
      @Nullable String acrValues,
      @Nullable String display,
      @Nullable String uiLocales,
      @Nullable String claims,
      @Nullable String claimsLocales,
      @Nullable String responseMode,
      @Nullable String request,
      @Nullable String registration,
      @Nullable String requestUri,
      @Nullable List<String> resource) {
    HttpRequest<?> http = ServerRequestContext.currentRequest().orElseThrow();
    return dispatcher.next(http, http.getParameters().asMap());
  }

  @Override
  public HttpResponse<?> authorizeByPost(dev.gatewright.api.model.AuthorizationRequest form) {
    HttpRequest<?> http = ServerRequestContext.currentRequest().orElseThrow();
    Map<String, List<String>> sent = FormParameters.of(http);
    return dispatcher.next(http, sent);
  }
}
