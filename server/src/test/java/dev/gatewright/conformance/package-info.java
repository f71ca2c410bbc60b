/**
 * The cases of the OpenID Foundation's conformance plans, each under the name that its module has
 * there ({@link dev.gatewright.conformance.Module}), and the table of clauses and tests.
 */
@NullMarked
package dev.gatewright.conformance;

import org.jspecify.annotations.NullMarked;
