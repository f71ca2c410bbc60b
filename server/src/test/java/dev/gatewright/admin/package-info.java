/** Tests of {@code admin}, over HTTP. */
@NullMarked
package dev.gatewright.admin;

import org.jspecify.annotations.NullMarked;
