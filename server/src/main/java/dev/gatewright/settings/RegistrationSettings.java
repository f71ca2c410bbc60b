package dev.gatewright.settings;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.util.List;

/**
 * Clients that register themselves (RFC 7591).
 *
 * @param mode {@code closed}: none; {@code token}: with an initial access token of an
 *     administrator; {@code open}: anyone
 * @param scope what such a client may be given, separated by spaces
 * @param requirePkce whether a confidential one must send a code challenge even if it does not say
 *     so itself; a public one always must (docs/decisions/pkce-exemption.md)
 */
@ConfigurationProperties("gatewright.registration")
public record RegistrationSettings(
    @Bindable(defaultValue = "token") String mode,
    @Bindable(defaultValue = "openid profile email address phone offline_access") String scope,
    @Bindable(defaultValue = "true") boolean requirePkce) {
  private static final String CLOSED = "closed";
  private static final String OPEN = "open";
  private static final List<String> MODES = List.of(CLOSED, "token", OPEN);

  public RegistrationSettings {
    if (!MODES.contains(mode)) {
      throw new InvalidSettingException(
          "gatewright.registration.mode", mode, "one of closed, token and open");
    }
    if (scope.isBlank()) {
      throw new InvalidSettingException(
          "gatewright.registration.scope", scope, "scopes separated by spaces");
    }
  }

  /** Whether no client can register itself. */
  public boolean isClosed() {
    return mode.equals(CLOSED);
  }

  /** Whether a client can register itself without an initial access token. */
  public boolean isOpen() {
    return mode.equals(OPEN);
  }
}
