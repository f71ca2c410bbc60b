/** Tests of {@code client}. */
@NullMarked
package dev.gatewright.client;

import org.jspecify.annotations.NullMarked;
