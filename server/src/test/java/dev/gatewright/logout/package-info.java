/** Tests of {@code logout}, over HTTP. */
@NullMarked
package dev.gatewright.logout;

import org.jspecify.annotations.NullMarked;
