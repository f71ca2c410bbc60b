/** Tests of {@code backchannel}, over HTTP on both sides. */
@NullMarked
package dev.gatewright.backchannel;

import org.jspecify.annotations.NullMarked;
