/**
 * The administration API: clients, protected resources and signing keys. Their rules are in {@code
 * client}, {@code resource} and {@code key}; here the contract's types become theirs, and what a
 * change ends is revoked.
 */
@NullMarked
package dev.gatewright.admin;

import org.jspecify.annotations.NullMarked;
