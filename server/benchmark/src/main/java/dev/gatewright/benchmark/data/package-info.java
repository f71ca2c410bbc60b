/** The data that the server is measured with: prepared through its own pages, then multiplied. */
@NullMarked
package dev.gatewright.benchmark.data;

import org.jspecify.annotations.NullMarked;
