/**
 * Behaviour of the SDK's session layer, over HTTP against a small provider that signs real tokens.
 */
@NullMarked
package dev.gatewright.client.auth;

import org.jspecify.annotations.NullMarked;
