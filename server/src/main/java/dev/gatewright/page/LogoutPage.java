package dev.gatewright.page;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Asks before logging out, for any site may have sent the browser here (OpenID Connect RP-Initiated
 * Logout 1.0 §2). Posts {@code csrf_token}, the parameters and {@code decision=logout} to {@code
 * /logout}.
 *
 * @param userName who is logged in
 * @param clientName the client that asked for the logout, null when it is not known
 * @param parameters the logout request's own parameters, carried along as hidden fields
 */
public record LogoutPage(
    String csrfToken, String userName, @Nullable String clientName, Map<String, String> parameters)
    implements Page {

  /** Copies the parameters. */
  public LogoutPage {
    parameters = Map.copyOf(parameters);
  }
}
