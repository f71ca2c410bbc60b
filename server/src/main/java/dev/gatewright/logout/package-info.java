/**
 * Logging a browser out of this server: the page that asks, and the end session endpoint for
 * clients (OpenID Connect RP-Initiated Logout). Telling clients is {@code backchannel}'s.
 */
@NullMarked
package dev.gatewright.logout;

import org.jspecify.annotations.NullMarked;
