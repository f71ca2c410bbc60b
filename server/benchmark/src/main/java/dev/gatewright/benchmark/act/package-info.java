/** What is measured: each act of a caller as the requests that it takes. */
@NullMarked
package dev.gatewright.benchmark.act;

import org.jspecify.annotations.NullMarked;
