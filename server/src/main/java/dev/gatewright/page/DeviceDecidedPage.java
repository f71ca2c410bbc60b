package dev.gatewright.page;

/**
 * Says what was decided, and to go back to the device (RFC 8628 §3.3).
 *
 * @param clientName the client that runs on it, as people know it
 * @param allowed whether it was allowed
 */
public record DeviceDecidedPage(String clientName, boolean allowed) implements Page {}
