package dev.gatewright.registration;

import dev.gatewright.api.RegistrationApi;
import dev.gatewright.api.model.ClientInformation;
import dev.gatewright.api.model.ClientInformationRequest;
import dev.gatewright.api.model.ClientInformationUpdate;
import dev.gatewright.audit.Act;
import dev.gatewright.audit.Actor;
import dev.gatewright.audit.Audit;
import dev.gatewright.audit.AuditEvent;
import dev.gatewright.client.Client;
import dev.gatewright.client.ClientMetadata;
import dev.gatewright.client.ClientRegistrations;
import dev.gatewright.client.RegisteredClient;
import dev.gatewright.client.Registrable;
import dev.gatewright.client.SectorIdentifiers;
import dev.gatewright.client.SelfRegistrations;
import dev.gatewright.grant.Grants;
import dev.gatewright.oauth.ErrorCode;
import dev.gatewright.oauth.OAuthException;
import dev.gatewright.resource.Resources;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.context.ServerRequestContext;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;

/** {@code /oauth2/register} (RFC 7591) and below it each client's own registration (RFC 7592). */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
class RegistrationController implements RegistrationApi {
  private final Admission admission;
  private final SelfRegistrations registrations;
  private final ClientRegistrations clients;
  private final RegistrationPolicy policy;
  private final SectorIdentifiers sectors;
  private final RegistrationModels models;
  private final Registrable registrable;
  private final Grants grants;
  private final Audit audit;

  RegistrationController(
      Admission admission,
      SelfRegistrations registrations,
      ClientRegistrations clients,
      RegistrationPolicy policy,
      SectorIdentifiers sectors,
      RegistrationModels models,
      Resources resources,
      Grants grants,
      Audit audit) {
    this.admission = admission;
    this.registrations = registrations;
    this.clients = clients;
    this.policy = policy;
    this.sectors = sectors;
    this.models = models;
    this.registrable = new Registrable(resources::knows, resources::isAudience);
    this.grants = grants;
    this.audit = audit;
  }

  @Override
  public HttpResponse<ClientInformation> registerClient(ClientInformationRequest sent) {
    Runnable use = admission.of(request());
    ClientMetadata asked = models.metadata(sent);
    SelfRegistrations.Registered registered =
        MetadataErrors.asOAuth(() ->
            registrations.register(
                sectors.confirmed(policy.metadata(asked, null), null), registrable, use));
    return noStore(
        HttpResponse.created(
            models.information(registered.client(), registered.registrationAccessToken())));
  }

  @Override
  public HttpResponse<ClientInformation> readRegistration(String clientId) {
    String token = own(clientId);
    Client client = registrations.get(clientId);
    return noStore(HttpResponse.ok(models.information(new RegisteredClient(client, null), token)));
  }

  @Override
  public HttpResponse<ClientInformation> updateRegistration(
      String clientId, ClientInformationUpdate sent) {
    String token = own(clientId);
    requireUpdatable(clientId, sent);
    ClientMetadata asked = models.metadata(sent);
    RegisteredClient changed =
        MetadataErrors.asOAuth(() ->
            registrations.update(
                clientId,
                registrable,
                before -> sectors.confirmed(policy.metadata(asked, before), before)));
    return noStore(HttpResponse.ok(models.information(changed, token)));
  }

  @Override
  public HttpResponse<?> deleteRegistration(String clientId) {
    own(clientId);
    clients.delete(clientId, null, () -> grants.revokeByClient(clientId));
    return noStore(HttpResponse.noContent());
  }

  /** RFC 7592 §2.2: what the server chose is not the client's to change. */
  private void requireUpdatable(String clientId, ClientInformationUpdate sent) {
    if (!clientId.equals(sent.getClientId())) {
      throw new OAuthException(
          ErrorCode.INVALID_REQUEST, "client_id must be the one of the registration");
    }
    if (sent.getRegistrationAccessToken() != null
        || sent.getRegistrationClientUri() != null
        || sent.getClientIdIssuedAt() != null
        || sent.getClientSecretExpiresAt() != null) {
      throw new OAuthException(
          ErrorCode.INVALID_REQUEST,
          "registration_access_token, registration_client_uri, client_id_issued_at and"
              + " client_secret_expires_at must be absent");
    }
    if (sent.getClientSecret() != null && !clients.hasSecret(clientId, sent.getClientSecret())) {
      throw new OAuthException(
          ErrorCode.INVALID_REQUEST, "client_secret must be the current one, or absent");
    }
  }

  /** The registration access token that the request shows for this registration. */
  private String own(String clientId) {
    String token = BearerHeader.token(request()).orElseThrow(BearerHeader::refused);
    if (!registrations.admits(clientId, token)) {
      audit.recordRefusal(AuditEvent.refusal(Act.CLIENT_AUTHENTICATED).by(Actor.ANONYMOUS));
      throw BearerHeader.refused();
    }
    Actor.client(clientId).actsIn(request());
    return token;
  }

  private static HttpRequest<?> request() {
    return ServerRequestContext.currentRequest().orElseThrow();
  }

  private static <T> MutableHttpResponse<T> noStore(MutableHttpResponse<T> response) {
    return response.header(HttpHeaders.CACHE_CONTROL, "no-store");
  }
}
