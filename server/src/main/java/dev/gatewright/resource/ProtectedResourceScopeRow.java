package dev.gatewright.resource;

import dev.gatewright.database.BinaryUuid;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.util.UUID;

/**
 * A row of {@code protected_resource_scope}. Its primary key is what makes a scope unique.
 *
 * @param position its place among the scopes of its resource, from 0
 */
@MappedEntity("protected_resource_scope")
record ProtectedResourceScopeRow(
    @Id String scope, @BinaryUuid UUID resourceId, int position, String description) {}
