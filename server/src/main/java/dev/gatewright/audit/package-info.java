/**
 * The audit trail: a row for each act that security rests on, written in the transaction of what it
 * records. {@link dev.gatewright.audit.Act} names the acts.
 *
 * <p>Who acts and from where is taken from the request at hand; those who authenticate a caller say
 * who it is ({@link dev.gatewright.audit.Actor#actsIn}).
 */
@NullMarked
package dev.gatewright.audit;

import org.jspecify.annotations.NullMarked;
