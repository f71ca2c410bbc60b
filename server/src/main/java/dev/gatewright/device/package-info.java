/**
 * The device authorization grant (RFC 8628): the endpoint at which a device begins, the pages on
 * which its user decides, and the state of both codes in between. What the device polls is the
 * token endpoint, in {@code token}.
 */
@NullMarked
package dev.gatewright.device;

import org.jspecify.annotations.NullMarked;
