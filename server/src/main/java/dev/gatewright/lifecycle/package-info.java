/**
 * When a node takes requests, and how it leaves: what {@code /health/readiness} says, and what
 * happens between {@code SIGTERM} and the end of the process.
 *
 * <p>Leaves what a start has to do (schema, keys, bootstrap) to those who do it: a node listens
 * only once they have.
 */
@NullMarked
package dev.gatewright.lifecycle;

import org.jspecify.annotations.NullMarked;
