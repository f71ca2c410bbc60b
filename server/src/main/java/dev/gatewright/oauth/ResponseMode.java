package dev.gatewright.oauth;

import java.util.Arrays;
import java.util.Optional;

/** How the answer of the authorization endpoint travels to the client: {@code response_mode}. */
public enum ResponseMode {
  /** In the query of the redirect URI (OAuth 2.0 Multiple Response Types §2.1); the default. */
  QUERY("query"),
  /** In a form that the browser posts to the redirect URI (OAuth 2.0 Form Post Response Mode). */
  FORM_POST("form_post");

  private final String value;

  ResponseMode(String value) {
    this.value = value;
  }

  /** The value of the parameter. */
  public String value() {
    return value;
  }

  /** The response mode of this value. */
  public static Optional<ResponseMode> of(String value) {
    return Arrays.stream(values()).filter(mode -> mode.value.equals(value)).findFirst();
  }
}
