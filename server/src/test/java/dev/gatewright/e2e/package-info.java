/**
 * The product as its users meet it: a real browser, the SDK, the samples of the documentation, and
 * the server as a process that is killed. Nothing in here reaches into the server.
 *
 * <p>What a test needs beside a JDK is named by {@link dev.gatewright.e2e.Need}; without it the
 * test is skipped, except in CI.
 */
@NullMarked
package dev.gatewright.e2e;

import org.jspecify.annotations.NullMarked;
