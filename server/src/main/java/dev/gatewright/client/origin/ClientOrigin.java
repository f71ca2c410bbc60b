package dev.gatewright.client.origin;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;

/** A row of {@code client_origin}: a client has a redirect URI of an origin. */
@MappedEntity("client_origin")
record ClientOrigin(@Id String origin, @Id String clientId) {}
