package dev.gatewright.outbound;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What was fetched.
 *
 * @param text at most 64 KiB of UTF-8
 * @param maxAge how long it may be kept (RFC 9111 §5.2.2.1); zero: not at all; null: it does not
 *     say
 */
public record Document(String text, @Nullable Duration maxAge) {}
