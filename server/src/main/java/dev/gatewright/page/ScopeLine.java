package dev.gatewright.page;

/**
 * One line of what a client asks for.
 *
 * @param scope the scope's value, {@code user:read}, or the name of a claim
 * @param description what it allows, in words that a person understands
 */
public record ScopeLine(String scope, String description) {}
