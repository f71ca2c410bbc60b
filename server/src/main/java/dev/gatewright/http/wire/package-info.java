/**
 * HTTP/1.1 on the wire: requests that two parsers could read differently are refused before anyone
 * reads them at all (RFC 9112 §11.2). What a well-formed request holds is not this package's
 * business.
 */
@NullMarked
package dev.gatewright.http.wire;

import org.jspecify.annotations.NullMarked;
