package dev.gatewright.resource;

import dev.gatewright.audit.Act;
import dev.gatewright.audit.Audit;
import dev.gatewright.audit.AuditEvent;
import dev.gatewright.audit.Subject;
import dev.gatewright.crypto.Ids;
import dev.gatewright.database.SqlErrors;
import dev.gatewright.database.Transactions;
import dev.gatewright.http.ETags;
import dev.gatewright.http.FieldError;
import dev.gatewright.http.ProblemException;
import dev.gatewright.settings.ServerSettings;
import io.micronaut.data.exceptions.DataAccessException;
import io.micronaut.data.exceptions.OptimisticLockException;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Registers, changes and deletes protected resources. */
@Singleton
public final class ResourceRegistrations {
  private final ProtectedResourceRepository resources;
  private final ProtectedResourceScopeRepository scopes;
  private final Resources remembered;
  private final Transactions transactions;
  private final Audit audit;
  private final String issuer;
  private final Clock clock;

  ResourceRegistrations(
      ProtectedResourceRepository resources,
      ProtectedResourceScopeRepository scopes,
      Resources remembered,
      Transactions transactions,
      Audit audit,
      ServerSettings settings,
      Clock clock) {
    this.resources = resources;
    this.scopes = scopes;
    this.remembered = remembered;
    this.transactions = transactions;
    this.audit = audit;
    this.issuer = settings.issuer();
    this.clock = clock;
  }

  /**
   * A protected resource as it is in the database.
   *
   * @throws ProblemException 404
   */
  public ProtectedResource get(UUID id) {
    return resources
        .findById(id)
        .map(this::withScopes)
        .orElseThrow(() -> ProblemException.notFound("There is no such protected resource"));
  }

  /**
   * Registers a protected resource.
   *
   * @throws ProblemException 400 with the mistakes; 409: its identifier or a scope is taken
   */
  public ProtectedResource create(ResourceMetadata metadata) {
    ResourceMetadata complete = checked(metadata);
    Instant now = now();
    ProtectedResourceRow row = row(Ids.next(), complete, 0, now, now);
    return write(() -> {
      ProtectedResourceRow saved = resources.save(row);
      saveScopes(saved.id(), complete);
      audit.record(event(Act.RESOURCE_CREATED, saved.id()));
      return saved;
    });
  }

  /**
   * Changes a protected resource; a change to what it already is writes nothing.
   *
   * @param ifMatch the entity tag that the caller saw; null: any
   * @param change from what was said of it to what is to be said of it; its identifier stays
   * @throws ProblemException 400 with the mistakes; 404; 409: a scope is taken; 412
   */
  public ProtectedResource update(
      UUID id, @Nullable String ifMatch, UnaryOperator<ResourceMetadata> change) {
    ProtectedResource current = get(id);
    ETags.check(ifMatch, current.version());
    ResourceMetadata complete = checked(change.apply(ResourceMetadata.of(current)));
    ResourceMetadata before = ResourceMetadata.of(current);
    if (complete.equals(before)) {
      return current;
    }
    ProtectedResourceRow row = row(id, complete, current.version(), current.createdAt(), now());
    return write(() -> {
      ProtectedResourceRow updated = resources.update(row);
      scopes.deleteByResourceId(id);
      saveScopes(id, complete);
      audit.record(event(Act.RESOURCE_CHANGED, id).changing(before, complete));
      return updated;
    });
  }

  /**
   * Registers the protected resource of an identifier, or brings it to what is declared of it;
   * changes nothing when it is that already.
   *
   * @throws ProblemException 400 with the mistakes; 409: a scope is taken
   */
  public ProtectedResource declare(ResourceMetadata metadata) {
    Optional<ProtectedResourceRow> current =
        resources.findByIdentifier(Objects.requireNonNullElse(metadata.identifier(), ""));
    return current.isEmpty()
        ? create(metadata)
        : update(current.get().id(), null, before -> metadata);
  }

  /**
   * Deletes a protected resource and its scopes.
   *
   * @param ifMatch the entity tag that the caller saw; null: any
   * @throws ProblemException 404; 412
   */
  public void delete(UUID id, @Nullable String ifMatch) {
    ProtectedResourceRow row =
        resources
            .findById(id)
            .orElseThrow(() -> ProblemException.notFound("There is no such protected resource"));
    ETags.check(ifMatch, row.version());
    try {
      transactions.run(() -> {
        resources.delete(row);
        scopes.deleteByResourceId(id);
        audit.record(event(Act.RESOURCE_DELETED, id));
      });
    } catch (OptimisticLockException e) {
      throw ProblemException.preconditionFailed();
    } finally {
      remembered.forget();
    }
  }

  private static AuditEvent event(Act act, UUID id) {
    return AuditEvent.success(act).on(Subject.resource(id));
  }

  private ProtectedResource write(Supplier<ProtectedResourceRow> work) {
    try {
      return withScopes(transactions.run(work));
    } catch (OptimisticLockException e) {
      throw ProblemException.preconditionFailed();
    } catch (DataAccessException e) {
      throw conflict(e);
    } finally {
      remembered.forget();
    }
  }

  private static RuntimeException conflict(DataAccessException e) {
    if (SqlErrors.isDuplicateOf(e, "protected_resource_identifier")) {
      return ProblemException.conflict("identifier", "is registered already");
    }
    return SqlErrors.isDuplicate(e)
        ? ProblemException.conflict("scopes", "has a name that another protected resource has")
        : e;
  }

  private ResourceMetadata checked(ResourceMetadata metadata) {
    ResourceMetadata complete = metadata.complete();
    List<FieldError> errors = ResourceRules.check(complete, issuer);
    if (!errors.isEmpty()) {
      throw ProblemException.invalid(errors);
    }
    return complete;
  }

  private void saveScopes(UUID resourceId, ResourceMetadata complete) {
    List<ResourceScope> named = Objects.requireNonNull(complete.scopes());
    for (int position = 0; position < named.size(); position++) {
      ResourceScope scope = named.get(position);
      scopes.save(
          new ProtectedResourceScopeRow(scope.scope(), resourceId, position, scope.description()));
    }
  }

  private ProtectedResource withScopes(ProtectedResourceRow row) {
    return ProtectedResource.of(row, scopes.findByResourceIdOrderByPosition(row.id()));
  }

  /** What the database keeps of the time: microseconds. */
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private static ProtectedResourceRow row(
      UUID id, ResourceMetadata checked, int version, Instant createdAt, Instant updatedAt) {
    return new ProtectedResourceRow(
        id,
        Objects.requireNonNull(checked.identifier()),
        Objects.requireNonNull(checked.name()),
        checked.accessTokenLifetime(),
        checked.accessTokenSignedResponseAlg(),
        version,
        createdAt,
        updatedAt);
  }
}
