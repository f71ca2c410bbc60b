package dev.gatewright.page;

import org.jspecify.annotations.Nullable;

/**
 * Who is logged in, and the way out.
 *
 * @param email null when the account has none
 */
public record AccountPage(String userName, @Nullable String email) implements Page {}
