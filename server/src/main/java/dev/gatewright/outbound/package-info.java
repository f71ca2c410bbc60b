/**
 * What this server fetches from addresses that others name, and posts to them: by https, and never
 * from an internal network (RFC 9101 §10.4, RFC 7591 §5). Knows nothing of what it fetches.
 */
@NullMarked
package dev.gatewright.outbound;

import org.jspecify.annotations.NullMarked;
