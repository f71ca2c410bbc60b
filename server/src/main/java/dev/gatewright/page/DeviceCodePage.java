package dev.gatewright.page;

/**
 * Asks for the code that a device shows (RFC 8628 §3.3). Comes back to {@code /device} with it as
 * {@code user_code}.
 *
 * @param typed what the person typed before, empty at first
 * @param unknown whether that is the code of no device that waits
 */
public record DeviceCodePage(String typed, boolean unknown) implements Page {}
