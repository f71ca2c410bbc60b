/**
 * What users do with their own account, by the API and in the browser: sign up, read, change,
 * delete it. Also the list of users for administrators.
 *
 * <p>Ends sessions and grants when a password changes or an account goes; what an account is, is in
 * {@code user}.
 */
@NullMarked
package dev.gatewright.account;

import org.jspecify.annotations.NullMarked;
