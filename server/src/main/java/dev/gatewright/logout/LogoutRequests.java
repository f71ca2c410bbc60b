package dev.gatewright.logout;

import dev.gatewright.client.Client;
import dev.gatewright.client.Clients;
import dev.gatewright.crypto.Secrets;
import dev.gatewright.database.Transactions;
import dev.gatewright.settings.SessionSettings;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Logout requests that wait while the browser is on the way to the page that asks, or on it. The
 * page's URL names the request by 256 random bits and holds nothing of it, least of all the ID
 * token that came along.
 */
@Singleton
class LogoutRequests {
  private final LogoutRequestRepository repository;
  private final Clients clients;
  private final Transactions transactions;
  private final SessionSettings settings;
  private final Clock clock;

  LogoutRequests(
      LogoutRequestRepository repository,
      Clients clients,
      Transactions transactions,
      SessionSettings settings,
      Clock clock) {
    this.repository = repository;
    this.clients = clients;
    this.transactions = transactions;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * Saves a request that passed every check.
   *
   * @return its name
   */
  String save(LogoutRequest request) {
    String handle = Secrets.random("");
    Instant now = clock.instant();
    @Nullable Client client = request.client();
    LogoutRequestRow row =
        new LogoutRequestRow(
            Secrets.sha256(handle),
            client == null ? null : client.clientId(),
            request.proven(),
            request.sid(),
            request.postLogoutRedirectUri(),
            request.state(),
            now,
            now.plus(settings.requestLifetime()));
    transactions.run(() -> repository.save(row));
    return handle;
  }

  /**
   * The request of this name. One that waits no longer asks for nothing: whoever wants to log out
   * can, and stays here.
   */
  LogoutRequest find(@Nullable String handle) {
    return Optional.ofNullable(handle)
        .flatMap(name -> repository.findByHandleHash(Secrets.sha256(name)))
        .filter(row -> row.expiresAt().isAfter(clock.instant()))
        .map(this::request)
        .orElse(LogoutRequest.NONE);
  }

  /** Forgets a request that is answered. */
  void forget(@Nullable String handle) {
    if (handle != null) {
      transactions.run(() -> repository.deleteByHandleHash(Secrets.sha256(handle)));
    }
  }

  /** A client that was changed meanwhile is believed no longer where it differs. */
  private LogoutRequest request(LogoutRequestRow row) {
    @Nullable Client client = clients.find(row.clientId()).orElse(null);
    @Nullable String uri = row.postLogoutRedirectUri();
    boolean registered =
        client != null && uri != null && client.options().postLogoutRedirectUris().contains(uri);
    return new LogoutRequest(client, row.proven(), row.sid(), registered ? uri : null, row.state());
  }
}
