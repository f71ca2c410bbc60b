/** What the machine can do at all: servers and loops that do one thing and nothing else. */
@NullMarked
package dev.gatewright.benchmark.ceiling;

import org.jspecify.annotations.NullMarked;
