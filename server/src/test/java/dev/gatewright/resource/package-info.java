/** Tests of {@code resource}. */
@NullMarked
package dev.gatewright.resource;

import org.jspecify.annotations.NullMarked;
