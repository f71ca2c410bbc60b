/**
 * Protected resources: the APIs that accept this server's access tokens, and their scopes (RFC
 * 8707, RFC 6750). This server is one of them; its own scopes are in {@link
 * dev.gatewright.oauth.ServerScopes}.
 */
@NullMarked
package dev.gatewright.resource;

import org.jspecify.annotations.NullMarked;
