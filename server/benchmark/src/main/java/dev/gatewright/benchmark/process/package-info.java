/**
 * The processes that take part: where they run, what they use, how they are started and stopped.
 */
@NullMarked
package dev.gatewright.benchmark.process;

import org.jspecify.annotations.NullMarked;
