/**
 * The benchmark: starts the packaged server as a process of its own, drives it, and sets what it
 * does beside what the machine can do at all (docs/performance.md). The server knows nothing of it.
 */
@NullMarked
package dev.gatewright.benchmark;

import org.jspecify.annotations.NullMarked;
