package dev.gatewright.oauth;

import java.util.Collection;
import java.util.List;

/**
 * How sure this server is of who logged in: the values of {@code acr} (OpenID Connect Core §2),
 * which follow from how the user authenticated.
 */
public final class AuthenticationContext {
  /** The user's password, and nothing more. */
  public static final String PASSWORD = "urn:gatewright:acr:password";

  /** {@code acr_values_supported}. */
  public static final List<String> VALUES = List.of(PASSWORD);

  private AuthenticationContext() {}

  /**
   * The class of an authentication.
   *
   * @param amr the methods that were used (RFC 8176), at least one
   */
  public static String of(Collection<String> amr) {
    if (amr.isEmpty()) {
      throw new IllegalArgumentException("Nobody authenticated");
    }
    return PASSWORD;
  }
}
