/**
 * The administration API: clients and protected resources. Their rules are in {@code client} and
 * {@code resource}; here the contract's types become theirs, and what a change ends is revoked.
 */
@NullMarked
package dev.gatewright.admin;

import org.jspecify.annotations.NullMarked;
