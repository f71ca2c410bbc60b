package dev.gatewright.authorize;

import dev.gatewright.oauth.ResponseMode;
import org.jspecify.annotations.Nullable;

/**
 * Where and how the answer goes back to the client.
 *
 * @param redirectUri proven to be the client's
 * @param state to be sent back as it came; null when none was sent, or more than one
 */
record ReturnAddress(String redirectUri, ResponseMode mode, @Nullable String state) {}
