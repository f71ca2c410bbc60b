/** What is released: the public API, and that the next release keeps it. */
@NullMarked
package dev.gatewright.client.release;

import org.jspecify.annotations.NullMarked;
