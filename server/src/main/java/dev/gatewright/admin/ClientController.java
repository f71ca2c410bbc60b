package dev.gatewright.admin;

import dev.gatewright.api.ClientsApi;
import dev.gatewright.api.model.ClientPage;
import dev.gatewright.api.model.ClientPatch;
import dev.gatewright.api.model.ClientRegistration;
import dev.gatewright.api.model.ClientWithSecret;
import dev.gatewright.client.Client;
import dev.gatewright.client.ClientRegistrations;
import dev.gatewright.client.Clients;
import dev.gatewright.client.RegisteredClient;
import dev.gatewright.client.Registrable;
import dev.gatewright.client.SectorIdentifiers;
import dev.gatewright.grant.Grants;
import dev.gatewright.http.ETags;
import dev.gatewright.resource.Resources;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Serves {@code /api/clients}. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
class ClientController implements ClientsApi {
  private final Clients clients;
  private final ClientModels models;
  private final SectorIdentifiers sectors;
  private final ClientRegistrations registrations;
  private final Registrable registrable;
  private final Grants grants;

  ClientController(
      Clients clients,
      ClientModels models,
      SectorIdentifiers sectors,
      ClientRegistrations registrations,
      Resources resources,
      Grants grants) {
    this.clients = clients;
    this.models = models;
    this.sectors = sectors;
    this.registrations = registrations;
    this.registrable = new Registrable(resources::knows, resources::isAudience);
    this.grants = grants;
  }

  @Override
  public HttpResponse<ClientPage> listClients(Integer limit, @Nullable String cursor) {
    List<Client> found = clients.list(limit + 1, cursor);
    List<Client> page = found.size() > limit ? found.subList(0, limit) : found;
    ClientPage body = new ClientPage().items(page.stream().map(models::client).toList());
    return noStore(
        HttpResponse.ok(found.size() > limit ? body.nextCursor(page.getLast().clientId()) : body));
  }

  @Override
  public HttpResponse<ClientWithSecret> createClient(ClientRegistration clientRegistration) {
    RegisteredClient created =
        registrations.create(
            sectors.confirmed(models.metadata(clientRegistration), null), registrable);
    URI location = URI.create("/api/clients/" + created.client().clientId());
    return current(HttpResponse.created(models.withSecret(created), location), created.client());
  }

  @Override
  public HttpResponse<dev.gatewright.api.model.Client> getClient(String clientId) {
    Client client = registrations.get(clientId);
    return current(HttpResponse.ok(models.client(client)), client);
  }

  @Override
  public HttpResponse<dev.gatewright.api.model.Client> updateClient(
      String clientId, ClientPatch clientPatch, @Nullable String ifMatch) {
    Client client =
        registrations.update(
            clientId,
            ifMatch,
            registrable,
            before -> sectors.confirmed(models.patched(before, clientPatch), before));
    return current(HttpResponse.ok(models.client(client)), client);
  }

  @Override
  public HttpResponse<ClientWithSecret> rotateClientSecret(String clientId) {
    RegisteredClient rotated = registrations.rotateSecret(clientId);
    return current(HttpResponse.ok(models.withSecret(rotated)), rotated.client());
  }

  @Override
  public HttpResponse<?> deleteClient(String clientId, @Nullable String ifMatch) {
    registrations.delete(clientId, ifMatch, () -> grants.revokeByClient(clientId));
    return noStore(HttpResponse.noContent());
  }

  private static <T> MutableHttpResponse<T> current(
      MutableHttpResponse<T> response, Client client) {
    return noStore(response).header(HttpHeaders.ETAG, ETags.of(client.version()));
  }

  private static <T> MutableHttpResponse<T> noStore(MutableHttpResponse<T> response) {
    return response.header(HttpHeaders.CACHE_CONTROL, "no-store");
  }
}
