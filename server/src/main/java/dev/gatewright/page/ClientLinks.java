package dev.gatewright.page;

import org.jspecify.annotations.Nullable;

/**
 * What a client says of itself to the people it asks (RFC 7591 §2): https URLs, null where it says
 * nothing.
 *
 * @param clientUri its web site
 * @param logoUri its logo
 * @param policyUri what it does with data
 * @param tosUri its terms of service
 */
public record ClientLinks(
    @Nullable String clientUri,
    @Nullable String logoUri,
    @Nullable String policyUri,
    @Nullable String tosUri) {
  /** Nothing. */
  public static final ClientLinks NONE = new ClientLinks(null, null, null, null);
}
