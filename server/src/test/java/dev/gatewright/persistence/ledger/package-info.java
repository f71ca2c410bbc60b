/**
 * Nothing that was answered is lost: people, clients and an administrator keep two server nodes
 * busy and write down what they were answered, while processes are killed and paused and
 * connections cut. Afterwards the server and its database are asked whether all of it is so.
 */
@NullMarked
package dev.gatewright.persistence.ledger;

import org.jspecify.annotations.NullMarked;
