/**
 * What must exist: before the server accepts requests, the clients, protected resources and users
 * that a YAML file declares; then a first administrator. The file uses the contract's names; the
 * rules are those of {@code client}, {@code resource} and {@code user}.
 */
@NullMarked
package dev.gatewright.bootstrap;

import org.jspecify.annotations.NullMarked;
