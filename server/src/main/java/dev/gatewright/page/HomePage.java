package dev.gatewright.page;

import org.jspecify.annotations.Nullable;

/**
 * The front door: the way to one's account, and to the documents that a developer needs.
 *
 * @param issuer the server's public base URL
 * @param signedInAs the user name of the browser's session, null when nobody is logged in
 * @param signUpOpen whether people may create accounts themselves
 */
public record HomePage(String issuer, @Nullable String signedInAs, boolean signUpOpen)
    implements Page {}
