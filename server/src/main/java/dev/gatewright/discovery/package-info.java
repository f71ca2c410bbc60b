/**
 * Metadata documents and the JWK set (RFC 8414, OpenID Connect Discovery, RFC 7517), derived from
 * what stands below: the grant handlers, the algorithms, the scopes.
 */
@NullMarked
package dev.gatewright.discovery;

import org.jspecify.annotations.NullMarked;
