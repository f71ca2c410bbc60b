/** Logging a browser out of this server. */
@NullMarked
package dev.gatewright.logout;

import org.jspecify.annotations.NullMarked;
