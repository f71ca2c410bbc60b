/**
 * The origins that clients' pages run on: those of their redirect URIs, kept with the clients; and
 * what pages of these origins may read of our answers (CORS). Which operations those are is in the
 * contract.
 */
@NullMarked
package dev.gatewright.client.origin;

import org.jspecify.annotations.NullMarked;
