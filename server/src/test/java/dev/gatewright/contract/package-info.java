/**
 * Holds the server to the contract: every exchange of every test against it, its examples, its
 * scopes, and requests that nobody would think of.
 */
@NullMarked
package dev.gatewright.contract;

import org.jspecify.annotations.NullMarked;
