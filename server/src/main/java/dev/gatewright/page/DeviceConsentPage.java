package dev.gatewright.page;

import java.util.List;

/**
 * A device asks for access, and shows a code to compare (RFC 8628 §3.3.1, §5.4). Posts {@code
 * csrf_token}, {@code user_code} and {@code decision} ({@code allow} or {@code deny}) to {@code
 * /device}.
 *
 * @param device what is decided on
 * @param clientName the client that runs on it, as people know it
 * @param client what it says of itself
 * @param userName who decides
 * @param scopes what is asked for, in the order to show
 */
public record DeviceConsentPage(
    String csrfToken,
    PendingDevice device,
    String clientName,
    ClientLinks client,
    String userName,
    List<ScopeLine> scopes)
    implements Page {

  /** Copies the scopes. */
  public DeviceConsentPage {
    scopes = List.copyOf(scopes);
  }

  /** The link to log in as somebody else, for the same device. */
  public String otherAccountLink() {
    return device.link("/login");
  }
}
