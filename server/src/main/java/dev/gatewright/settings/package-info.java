/**
 * Configuration: small immutable records below the prefix {@code gatewright}, validated when they
 * are made. A wrong value stops the server with one sentence that names the key, the value and what
 * is allowed.
 */
@NullMarked
package dev.gatewright.settings;

import org.jspecify.annotations.NullMarked;
