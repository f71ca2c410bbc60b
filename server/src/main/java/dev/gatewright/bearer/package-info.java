/**
 * Verifies access tokens and turns their scopes into access: for {@code /api} and userinfo through
 * Micronaut Security, for introspection directly.
 */
@NullMarked
package dev.gatewright.bearer;

import org.jspecify.annotations.NullMarked;
