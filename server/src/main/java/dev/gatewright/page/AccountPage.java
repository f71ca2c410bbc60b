package dev.gatewright.page;

import org.jspecify.annotations.Nullable;

/**
 * Who is logged in, and the way to the profile and out.
 *
 * @param email null when the account has none
 * @param saved whether the profile was saved just now
 */
public record AccountPage(String userName, @Nullable String email, boolean saved) implements Page {}
