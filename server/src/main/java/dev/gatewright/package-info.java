/**
 * The authorization server: where it starts. Every feature has a package of its own below this one.
 */
@NullMarked
package dev.gatewright;

import org.jspecify.annotations.NullMarked;
