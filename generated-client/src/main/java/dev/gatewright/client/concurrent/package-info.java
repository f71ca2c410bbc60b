/**
 * Waiting, and not waiting. Not for callers: the module does not export it, and it may change at
 * any time.
 */
@NullMarked
package dev.gatewright.client.concurrent;

import org.jspecify.annotations.NullMarked;
