/** The load: connections that each go on with what they were answered, on one thread. */
@NullMarked
package dev.gatewright.benchmark.load;

import org.jspecify.annotations.NullMarked;
