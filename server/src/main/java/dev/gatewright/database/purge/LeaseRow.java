package dev.gatewright.database.purge;

import dev.gatewright.database.BinaryUuid;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.util.UUID;

/**
 * Who does what one node at a time may do.
 *
 * @param name what it is
 * @param holder the node, by an id that it made when it started
 * @param renewals how often it was taken or renewed, ever
 */
@MappedEntity("lease")
record LeaseRow(@Id String name, @BinaryUuid UUID holder, long renewals) {}
