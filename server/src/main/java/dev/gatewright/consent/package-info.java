/**
 * The page on which a user allows a client what it asks for, or refuses. Comes back to the
 * authorization endpoint.
 */
@NullMarked
package dev.gatewright.consent;

import org.jspecify.annotations.NullMarked;
