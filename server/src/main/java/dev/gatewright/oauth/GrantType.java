package dev.gatewright.oauth;

/** The values of {@code grant_type} that this server serves. */
public final class GrantType {
  /** RFC 6749 §4.1.3. */
  public static final String AUTHORIZATION_CODE = "authorization_code";

  /** RFC 6749 §6. */
  public static final String REFRESH_TOKEN = "refresh_token";

  /** RFC 6749 §4.4. */
  public static final String CLIENT_CREDENTIALS = "client_credentials";

  /** RFC 8628 §3.4. */
  public static final String DEVICE_CODE = "urn:ietf:params:oauth:grant-type:device_code";

  private GrantType() {}
}
