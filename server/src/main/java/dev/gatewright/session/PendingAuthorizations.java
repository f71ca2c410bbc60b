package dev.gatewright.session;

import dev.gatewright.crypto.Secrets;
import dev.gatewright.database.Transactions;
import dev.gatewright.settings.SessionSettings;
import io.netty.handler.codec.http.QueryStringDecoder;
import jakarta.inject.Singleton;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Authorization requests that wait while the browser is on another page, each named by a {@code
 * request_uri} of 256 random bits in the form of RFC 9126 §2.2. In the database, so that any node
 * can go on with it.
 */
@Singleton
public class PendingAuthorizations {
  private static final String PREFIX = "urn:ietf:params:oauth:request_uri:";

  private final PendingRequestRepository repository;
  private final Transactions transactions;
  private final SessionSettings settings;
  private final Clock clock;

  public PendingAuthorizations(
      PendingRequestRepository repository,
      Transactions transactions,
      SessionSettings settings,
      Clock clock) {
    this.repository = repository;
    this.transactions = transactions;
    this.settings = settings;
    this.clock = clock;
  }

  /** Whether the value has the form of a name that this server gives. */
  public static boolean isName(String requestUri) {
    return requestUri.startsWith(PREFIX);
  }

  /** Saves a request whose client and redirect URI are proven. */
  public PendingAuthorization save(String clientId, Map<String, List<String>> parameters) {
    String handle = Secrets.random("");
    Instant now = clock.instant();
    PendingRequestRow row =
        new PendingRequestRow(
            Secrets.sha256(handle),
            clientId,
            encode(parameters),
            null,
            null,
            false,
            now,
            now.plus(settings.requestLifetime()));
    transactions.run(() -> repository.save(row));
    return new PendingAuthorization(PREFIX + handle, clientId, parameters, null, null, false, now);
  }

  /** The request of this name, if it was saved for this client and still waits. */
  public Optional<PendingAuthorization> find(
      @Nullable String clientId, @Nullable String requestUri) {
    if (clientId == null || requestUri == null || !isName(requestUri)) {
      return Optional.empty();
    }
    return repository
        .findByHandleHash(hash(requestUri))
        .filter(row -> row.clientId().equals(clientId) && row.expiresAt().isAfter(clock.instant()))
        .map(row ->
            new PendingAuthorization(
                requestUri,
                clientId,
                decode(row.parameters()),
                row.selectedBy(),
                row.consentedBy(),
                row.denied(),
                row.createdAt()));
  }

  /** Notes that the user goes on with this account, which answers {@code prompt=select_account}. */
  public void selected(PendingAuthorization request, UUID userId) {
    transactions.run(() -> repository.select(hash(request.requestUri()), userId));
  }

  /** Notes that the user consented to this very request, which answers {@code prompt=consent}. */
  public void consented(PendingAuthorization request, UUID userId) {
    transactions.run(() -> repository.consent(hash(request.requestUri()), userId));
  }

  /** Notes that the user refused this request. */
  public void denied(PendingAuthorization request) {
    transactions.run(() -> repository.deny(hash(request.requestUri())));
  }

  /** Forgets a request that is answered. */
  public void forget(PendingAuthorization request) {
    transactions.run(() -> repository.deleteByHandleHash(hash(request.requestUri())));
  }

  private static byte[] hash(String requestUri) {
    return Secrets.sha256(requestUri.substring(PREFIX.length()));
  }

  private static String encode(Map<String, List<String>> parameters) {
    return parameters.entrySet().stream()
        .flatMap(parameter ->
            parameter.getValue().stream()
                .map(value -> encode(parameter.getKey()) + "=" + encode(value)))
        .collect(Collectors.joining("&"));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static Map<String, List<String>> decode(String encoded) {
    return new QueryStringDecoder(encoded, StandardCharsets.UTF_8, false).parameters();
  }
}
