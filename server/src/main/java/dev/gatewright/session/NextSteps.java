package dev.gatewright.session;

import dev.gatewright.client.Client;
import dev.gatewright.client.Clients;
import dev.gatewright.http.ResumeUri;
import dev.gatewright.page.PendingDevice;
import dev.gatewright.page.PendingRequest;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the {@link NextStep} of a page by the parameters that it carries. A request that waits no
 * longer still leads back to the authorization endpoint, which says so.
 */
@Singleton
public class NextSteps {
  private final PendingAuthorizations waiting;
  private final Clients clients;

  public NextSteps(PendingAuthorizations waiting, Clients clients) {
    this.waiting = waiting;
    this.clients = clients;
  }

  /**
   * The next step of a page that carries these parameters.
   *
   * @param clientId with {@code requestUri}: an authorization request
   * @param userCode a device (RFC 8628)
   */
  public NextStep of(
      @Nullable String clientId, @Nullable String requestUri, @Nullable String userCode) {
    return userCode == null || userCode.isEmpty()
        ? ofRequest(clientId, requestUri)
        : new NextStep(ResumeUri.ofDevice(userCode), new PendingDevice(userCode), null, "");
  }

  private NextStep ofRequest(@Nullable String clientId, @Nullable String requestUri) {
    String uri = ResumeUri.of(clientId, requestUri);
    Optional<PendingAuthorization> request = waiting.find(clientId, requestUri);
    Optional<Client> client = request.flatMap(found -> clients.find(found.clientId()));
    if (request.isEmpty() || client.isEmpty()) {
      return new NextStep(uri, null, null, "");
    }
    return of(uri, request.get(), client.get());
  }

  private static NextStep of(String uri, PendingAuthorization request, Client client) {
    return new NextStep(
        uri,
        new PendingRequest(request.requestUri(), client.clientId(), client.clientName()),
        request.redirectUri(client),
        request.parameter("login_hint").orElse(""));
  }
}
