/**
 * JWTs: signed by clients, verified with the issuer's keys. Not for callers: the module does not
 * export it, and it may change at any time.
 */
@NullMarked
package dev.gatewright.client.jwt;

import org.jspecify.annotations.NullMarked;
