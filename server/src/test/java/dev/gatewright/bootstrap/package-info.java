/** Tests of {@code bootstrap}. */
@NullMarked
package dev.gatewright.bootstrap;

import org.jspecify.annotations.NullMarked;
