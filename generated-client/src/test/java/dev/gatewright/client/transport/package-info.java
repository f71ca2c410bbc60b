/** How the SDK speaks HTTP, piece by piece. */
@NullMarked
package dev.gatewright.client.transport;

import org.jspecify.annotations.NullMarked;
