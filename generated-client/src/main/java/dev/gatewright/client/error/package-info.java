/**
 * What can go wrong, as one sealed family of unchecked exceptions: {@link
 * dev.gatewright.client.error.GatewrightException}. Each carries the HTTP status and the server's
 * request id where there are any; none holds a secret.
 */
@NullMarked
package dev.gatewright.client.error;

import org.jspecify.annotations.NullMarked;
