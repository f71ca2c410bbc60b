/** What was found, as tables for people. */
@NullMarked
package dev.gatewright.benchmark.report;

import org.jspecify.annotations.NullMarked;
