/**
 * How the SDK speaks HTTP: time limits, repetitions, credentials, errors. Not for callers: the
 * module does not export it, and it may change at any time.
 */
@NullMarked
package dev.gatewright.client.transport;

import org.jspecify.annotations.NullMarked;
