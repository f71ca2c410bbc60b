package dev.gatewright.client;

import java.util.function.Predicate;

/**
 * What a client can be registered for.
 *
 * @param scopes whether a scope exists
 * @param resources whether an identifier is this server's or a protected resource's
 */
public record Registrable(Predicate<String> scopes, Predicate<String> resources) {}
