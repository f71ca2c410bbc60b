/** The file of tokens: what it hides, what it notices, and who may share it. */
@NullMarked
package dev.gatewright.client.store;

import org.jspecify.annotations.NullMarked;
