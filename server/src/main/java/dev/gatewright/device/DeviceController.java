package dev.gatewright.device;

import dev.gatewright.api.DeviceApi;
import dev.gatewright.api.model.DeviceAuthorizationRequest;
import dev.gatewright.api.model.DeviceAuthorizationResponse;
import dev.gatewright.client.Client;
import dev.gatewright.client.authentication.ClientAuthenticator;
import dev.gatewright.client.authentication.ClientCredentials;
import dev.gatewright.grant.ScopePolicy;
import dev.gatewright.grant.Targets;
import dev.gatewright.http.FormParameters;
import dev.gatewright.http.ResumeUri;
import dev.gatewright.oauth.ErrorCode;
import dev.gatewright.oauth.GrantType;
import dev.gatewright.oauth.OAuthException;
import dev.gatewright.oauth.Scopes;
import dev.gatewright.settings.DeviceSettings;
import dev.gatewright.settings.ServerSettings;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.context.ServerRequestContext;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code /oauth2/device_authorization} (RFC 8628 §3.1, §3.2). */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
class DeviceController implements DeviceApi {
  private final ClientAuthenticator authenticator;
  private final ScopePolicy scopePolicy;
  private final Targets targets;
  private final DeviceAuthorizations devices;
  private final DeviceSettings settings;
  private final ServerSettings server;

  DeviceController(
      ClientAuthenticator authenticator,
      ScopePolicy scopePolicy,
      Targets targets,
      DeviceAuthorizations devices,
      DeviceSettings settings,
      ServerSettings server) {
    this.authenticator = authenticator;
    this.scopePolicy = scopePolicy;
    this.targets = targets;
    this.devices = devices;
    this.settings = settings;
    this.server = server;
  }

  @Override
  public HttpResponse<DeviceAuthorizationResponse> authorizeDevice(
      DeviceAuthorizationRequest request) {
    HttpRequest<?> http = ServerRequestContext.currentRequest().orElseThrow();
    Client client =
        authenticator.authenticate(
            http,
            new ClientCredentials(
                request.getClientId(),
                request.getClientSecret(),
                request.getClientAssertionType(),
                request.getClientAssertion()));
    if (!client.mayUse(GrantType.DEVICE_CODE)) {
      throw new OAuthException(
          ErrorCode.UNAUTHORIZED_CLIENT, "This client is not registered for this grant type");
    }
    Scopes scopes = scopePolicy.requested(client, absentIfEmpty(request.getScope()));
    List<String> resources = FormParameters.values(http, "resource").stream().distinct().toList();
    targets.check(client, resources);
    return HttpResponse.ok(response(devices.begin(client, scopes, resources)))
        .header(HttpHeaders.CACHE_CONTROL, "no-store");
  }

  private DeviceAuthorizationResponse response(DeviceAuthorizations.Codes codes) {
    String userCode = codes.userCode().shown();
    return new DeviceAuthorizationResponse()
        .deviceCode(codes.deviceCode())
        .userCode(userCode)
        .verificationUri(URI.create(server.url(ResumeUri.DEVICE_PAGE)))
        .verificationUriComplete(URI.create(server.url(ResumeUri.ofDevice(userCode))))
        .expiresIn(settings.codeLifetime().toSeconds())
        .interval(settings.interval().toSeconds());
  }

  /** RFC 8628 §3.1: a parameter sent without a value counts as absent. */
  private static @Nullable String absentIfEmpty(@Nullable String parameter) {
    return parameter == null || parameter.isEmpty() ? null : parameter;
  }
}
