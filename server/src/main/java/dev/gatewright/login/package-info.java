/**
 * Login by password: the page, and its twin by JSON for first-party callers.
 *
 * <p>The page begins a browser session and goes back to the authorization endpoint; the JSON login
 * issues tokens for this server's own API. Neither tells whether a user exists.
 */
@NullMarked
package dev.gatewright.login;

import org.jspecify.annotations.NullMarked;
