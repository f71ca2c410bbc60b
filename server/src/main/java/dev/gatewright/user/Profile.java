package dev.gatewright.user;

import org.jspecify.annotations.Nullable;

/** What users say about themselves. */
public record Profile(
    String username,
    @Nullable String email,
    @Nullable String name,
    @Nullable String givenName,
    @Nullable String familyName) {}
