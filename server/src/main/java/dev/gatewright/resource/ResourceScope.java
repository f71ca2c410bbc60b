package dev.gatewright.resource;

/**
 * A scope of a protected resource.
 *
 * @param scope its name, which no other protected resource has
 * @param description what it allows, as people read it on the consent page
 */
public record ResourceScope(String scope, String description) {}
