package dev.gatewright.oauth;

import java.util.Arrays;
import java.util.Optional;

/** What the client wants the user to be asked: {@code prompt} (OpenID Connect Core §3.1.2.1). */
public enum Prompt {
  /** No page may be shown. */
  NONE("none"),
  /** To log in again. */
  LOGIN("login"),
  /** To consent again. */
  CONSENT("consent"),
  /** Which account to go on with. */
  SELECT_ACCOUNT("select_account");

  private final String value;

  Prompt(String value) {
    this.value = value;
  }

  /** The word in the parameter. */
  public String value() {
    return value;
  }

  /** The prompt of this word. */
  public static Optional<Prompt> of(String value) {
    return Arrays.stream(values()).filter(prompt -> prompt.value.equals(value)).findFirst();
  }
}
