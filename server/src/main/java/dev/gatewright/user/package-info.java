/**
 * Users and their credentials: who may be called what, what they say about themselves and what
 * claims that makes, how accounts are made, found, changed and proven by password.
 *
 * <p>Owns the table {@code user_account}. Leaves sessions and tokens, which end with a password or
 * an account, to the callers above.
 */
@NullMarked
package dev.gatewright.user;

import org.jspecify.annotations.NullMarked;
