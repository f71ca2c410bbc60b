package dev.gatewright.client;

import dev.gatewright.audit.Act;
import dev.gatewright.audit.Audit;
import dev.gatewright.audit.AuditEvent;
import dev.gatewright.audit.Subject;
import dev.gatewright.client.origin.ClientOrigins;
import dev.gatewright.crypto.Ids;
import dev.gatewright.database.SqlErrors;
import dev.gatewright.database.Transactions;
import dev.gatewright.http.ETags;
import dev.gatewright.http.FieldError;
import dev.gatewright.http.ProblemException;
import dev.gatewright.oauth.Scopes;
import io.micronaut.data.exceptions.DataAccessException;
import io.micronaut.data.exceptions.OptimisticLockException;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Registers, changes and deletes clients. */
@Singleton
public final class ClientRegistrations {
  private final ClientRepository repository;
  private final RegistrationTokenRepository registrationTokens;
  private final Clients clients;
  private final ClientOrigins origins;
  private final ClientSecrets secrets;
  private final Transactions transactions;
  private final Audit audit;
  private final Clock clock;

  ClientRegistrations(
      ClientRepository repository,
      RegistrationTokenRepository registrationTokens,
      Clients clients,
      ClientOrigins origins,
      ClientSecrets secrets,
      Transactions transactions,
      Audit audit,
      Clock clock) {
    this.repository = repository;
    this.registrationTokens = registrationTokens;
    this.clients = clients;
    this.origins = origins;
    this.secrets = secrets;
    this.transactions = transactions;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * A registered client as it is in the database, never the built-in one.
   *
   * @throws ProblemException 404
   */
  public Client get(String clientId) {
    return existing(clientId)
        .orElseThrow(() -> ProblemException.notFound("There is no such client"));
  }

  /**
   * Registers a client and, if it authenticates by one, makes its secret.
   *
   * @throws ProblemException 400 with the mistakes; 409: the {@code client_id} is taken
   */
  public RegisteredClient create(ClientMetadata metadata, Registrable registrable) {
    return create(metadata, registrable, client -> {});
  }

  /**
   * As {@link #create(ClientMetadata, Registrable)}, and something more in the same transaction.
   *
   * @param more is given the client
   */
  RegisteredClient create(ClientMetadata metadata, Registrable registrable, Consumer<Client> more) {
    String secret = metadata.usesSecret() ? secrets.make() : null;
    return new RegisteredClient(create(metadata, registrable, secret, more), secret);
  }

  private Client create(
      ClientMetadata metadata,
      Registrable registrable,
      @Nullable String secret,
      Consumer<Client> more) {
    ClientMetadata complete = metadata.complete(Ids.next().toString());
    check(complete, registrable, null);
    Instant now = now();
    Client client = client(complete, secret == null ? null : secrets.hash(secret), 0, now, now);
    if (client.clientId().equals(LoginClient.CLIENT_ID)) {
      throw taken();
    }
    try {
      return transactions.run(() -> {
        Client created = repository.save(client);
        origins.replace(created.clientId(), created.redirectUris());
        more.accept(created);
        audit.record(event(Act.CLIENT_CREATED, created));
        return created;
      });
    } catch (DataAccessException e) {
      throw SqlErrors.isDuplicate(e) ? taken() : e;
    } finally {
      forget(client.clientId());
    }
  }

  /**
   * Changes a client; a change to what it already is writes nothing. A client that no longer
   * authenticates by a secret loses it, one that begins to has none until {@link #rotateSecret}.
   *
   * @param ifMatch the entity tag that the caller saw; null: any
   * @param change from what was said of the client to what is to be said of it; its {@code
   *     client_id} stays
   * @throws ProblemException 400 with the mistakes; 404; 412
   */
  public Client update(
      String clientId,
      @Nullable String ifMatch,
      Registrable registrable,
      UnaryOperator<ClientMetadata> change) {
    Client current = get(clientId);
    ETags.check(ifMatch, current.version());
    ClientMetadata complete = change.apply(ClientMetadata.of(current)).complete(clientId);
    check(complete, registrable, current);
    Client changed =
        client(complete, current.secretHash(), current.version(), current.createdAt(), now());
    ClientMetadata before = ClientMetadata.of(current);
    ClientMetadata after = ClientMetadata.of(changed);
    return after.equals(before)
        ? current
        : write(changed, event(Act.CLIENT_CHANGED, changed).changing(before, after));
  }

  /**
   * Registers a client with a secret that is given, or brings it to what is declared of it; changes
   * nothing when it is that already.
   *
   * @param secret null for a client that has none
   * @throws ProblemException 400 with the mistakes
   */
  public Client declare(ClientMetadata metadata, @Nullable String secret, Registrable registrable) {
    String clientId = Objects.requireNonNullElse(metadata.clientId(), "");
    Optional<Client> current = existing(clientId);
    if (current.isEmpty()) {
      return create(metadata, registrable, secret, client -> {});
    }
    Client changed = update(clientId, null, registrable, before -> metadata);
    if (secret == null || secrets.matches(changed.secretHash(), secret)) {
      return changed;
    }
    return rotate(changed, secret);
  }

  /**
   * Gives a client a new secret; the old one ends at once.
   *
   * @throws ProblemException 400: it does not authenticate by one; 404; 412: it was changed in the
   *     same moment
   */
  public RegisteredClient rotateSecret(String clientId) {
    Client client = get(clientId);
    ClientAuthMethod method = client.tokenEndpointAuthMethod();
    if (!method.usesSecret()) {
      throw ProblemException.invalid(
          "token_endpoint_auth_method", "is " + method.value() + ": the client has no secret");
    }
    String secret = secrets.make();
    return new RegisteredClient(rotate(client, secret), secret);
  }

  private Client rotate(Client client, String secret) {
    return write(
        client.withSecretHash(secrets.hash(secret), now()),
        event(Act.CLIENT_SECRET_ROTATED, client));
  }

  /**
   * Deletes a client.
   *
   * @param ifMatch the entity tag that the caller saw; null: any
   * @param ending ends, in the same transaction, what users granted the client
   * @throws ProblemException 404; 412
   */
  public void delete(String clientId, @Nullable String ifMatch, Runnable ending) {
    Client client = get(clientId);
    ETags.check(ifMatch, client.version());
    try {
      transactions.run(() -> {
        repository.delete(client);
        registrationTokens.deleteByClientId(clientId);
        origins.replace(clientId, List.of());
        ending.run();
        audit.record(event(Act.CLIENT_DELETED, client));
      });
    } catch (OptimisticLockException e) {
      throw ProblemException.preconditionFailed();
    } finally {
      forget(clientId);
    }
  }

  /** Whether this is the client's secret. */
  public boolean hasSecret(String clientId, String secret) {
    return secrets.matches(get(clientId).secretHash(), secret);
  }

  private Optional<Client> existing(String clientId) {
    return Clients.isWellFormed(clientId) ? repository.findById(clientId) : Optional.empty();
  }

  private static AuditEvent event(Act act, Client client) {
    return AuditEvent.success(act).on(Subject.client(client.clientId()));
  }

  private Client write(Client changed, AuditEvent event) {
    try {
      return transactions.run(() -> {
        Client written = repository.update(changed);
        origins.replace(changed.clientId(), changed.redirectUris());
        audit.record(event);
        return written;
      });
    } catch (OptimisticLockException e) {
      throw ProblemException.preconditionFailed();
    } finally {
      forget(changed.clientId());
    }
  }

  private void forget(String clientId) {
    clients.forget(clientId);
    origins.forget();
  }

  private static void check(
      ClientMetadata complete, Registrable registrable, @Nullable Client current) {
    List<FieldError> errors = ClientRules.check(complete, registrable, current);
    if (!errors.isEmpty()) {
      throw ProblemException.invalid(errors);
    }
  }

  private static ProblemException taken() {
    return ProblemException.conflict("client_id", "is taken");
  }

  /** What the database keeps of the time: microseconds. */
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  /** A client from metadata that was checked. */
  private static Client client(
      ClientMetadata checked,
      byte @Nullable [] secretHash,
      int version,
      Instant createdAt,
      Instant updatedAt) {
    ClientAuthMethod method = ClientAuthMethod.of(checked.tokenEndpointAuthMethod()).orElseThrow();
    return new Client(
        Objects.requireNonNull(checked.clientId()),
        Objects.requireNonNull(checked.clientName()),
        ApplicationType.of(checked.applicationType()).orElseThrow(),
        method,
        method.usesSecret() ? secretHash : null,
        Objects.requireNonNull(checked.grantTypes()),
        Objects.requireNonNull(checked.redirectUris()),
        Scopes.parse(checked.scope()),
        checked.defaultScope() == null ? null : Scopes.parse(checked.defaultScope()),
        Objects.requireNonNull(checked.requirePkce()),
        Objects.requireNonNull(checked.requireConsent()),
        RefreshTokenPolicy.of(checked.refreshTokenPolicy()).orElseThrow(),
        Objects.requireNonNull(checked.accessTokenLifetime()),
        Objects.requireNonNull(checked.refreshTokenLifetime()),
        checked.refreshTokenIdleLifetime(),
        Objects.requireNonNull(checked.accessTokenSignedResponseAlg()),
        Objects.requireNonNull(checked.idTokenSignedResponseAlg()),
        Objects.requireNonNull(checked.resourceServerFor()),
        checked.options(),
        version,
        createdAt,
        updatedAt);
  }
}
