package dev.gatewright.page;

import org.jspecify.annotations.Nullable;

/**
 * Says that the browser is logged out.
 *
 * @param clientName the client that asked for the logout; null when none is known
 * @param returnUri where that client wants the person to go on, proven to be its own; null when it
 *     does not say
 */
public record LoggedOutPage(@Nullable String clientName, @Nullable String returnUri)
    implements Page {

  /** For whoever came by themselves. */
  public LoggedOutPage() {
    this(null, null);
  }
}
