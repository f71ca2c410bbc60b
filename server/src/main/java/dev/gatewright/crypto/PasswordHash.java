package dev.gatewright.crypto;

import dev.gatewright.settings.PasswordSettings;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The PHC string form of an Argon2id hash. */
final class PasswordHash {
  private static final Pattern PHC =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=(\\d{1,9}),t=(\\d{1,9}),p=(\\d{1,9})\\$[^$]+\\$[^$]+");
  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;

  private PasswordHash() {}

  /** A hash that costs as much to verify as any, and whose password nobody knows. */
  static String random(PasswordSettings settings) {
    return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
        .formatted(
            settings.memory(),
            settings.iterations(),
            settings.parallelism(),
            base64(SALT_BYTES),
            base64(HASH_BYTES));
  }

  /** Whether the hash was made with less memory or fewer passes, or by another algorithm. */
  static boolean isWeaker(String hash, PasswordSettings settings) {
    Matcher parameters = PHC.matcher(hash);
    return !parameters.matches()
        || Integer.parseInt(parameters.group(1)) < settings.memory()
        || Integer.parseInt(parameters.group(2)) < settings.iterations();
  }

  private static String base64(int bytes) {
    return Base64.getEncoder().withoutPadding().encodeToString(Secrets.bytes(bytes));
  }
}
