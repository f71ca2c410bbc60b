package dev.gatewright.device;

import dev.gatewright.crypto.Secrets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a device shows and its user types: eight letters that are hard to confuse and make no words
 * (RFC 8628 §6.1), 34 bits. Guessing is limited by {@link UserCodeAttempts}.
 *
 * @param letters capitals, without the dash
 */
record UserCode(String letters) {
  private static final String ALPHABET = "BCDFGHJKLMNPQRSTVWXZ";
  private static final int LENGTH = 8;
  private static final Pattern OTHER =
      Pattern.compile("[^" + ALPHABET + "]", Pattern.CASE_INSENSITIVE);

  static UserCode random() {
    return new UserCode(Secrets.letters(ALPHABET, LENGTH));
  }

  /**
   * Reads what was typed: case does not matter, and what is outside the alphabet, such as dashes
   * and spaces, is left out (RFC 8628 §6.1).
   *
   * @return empty for what no code can be
   */
  static Optional<UserCode> parse(String typed) {
    String letters = OTHER.matcher(typed).replaceAll("").toUpperCase(Locale.ROOT);
    return letters.length() == LENGTH ? Optional.of(new UserCode(letters)) : Optional.empty();
  }

  /** As people see it: {@code WDJB-MJHT}. */
  String shown() {
    return letters.substring(0, LENGTH / 2) + "-" + letters.substring(LENGTH / 2);
  }
}
