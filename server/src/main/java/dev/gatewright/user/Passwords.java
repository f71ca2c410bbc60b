package dev.gatewright.user;

import dev.gatewright.crypto.PasswordHasher;
import dev.gatewright.http.FieldError;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which passwords are acceptable (NIST SP 800-63B: length and a list of the commonest, no
 * composition rules).
 */
@Singleton
public final class Passwords {
  /** Characters (code points, after normalisation) that a password must have at least. */
  public static final int MIN_LENGTH = 8;

  private static final int MAX_LENGTH = 256;
  private static final Pattern NOT_TEXT = Pattern.compile("[\\x00\\p{Cs}]");

  private final PasswordHasher hasher;
  private final CommonPasswords common;

  Passwords(PasswordHasher hasher, CommonPasswords common) {
    this.hasher = hasher;
    this.common = common;
  }

  /**
   * What is wrong with a password, if anything.
   *
   * @param field what the request calls it
   */
  Optional<FieldError> check(String field, String password, Profile profile) {
    return refusal(password, profile).map(message -> new FieldError(field, message));
  }

  private Optional<String> refusal(String password, Profile profile) {
    String normal = PasswordHasher.normalize(password);
    int length = normal.codePointCount(0, normal.length());
    if (NOT_TEXT.matcher(normal).find()) {
      return Optional.of("must be text without NUL characters");
    }
    if (length < MIN_LENGTH) {
      return Optional.of("must have at least " + MIN_LENGTH + " characters");
    }
    if (length > MAX_LENGTH) {
      return Optional.of("must have at most " + MAX_LENGTH + " characters");
    }
    String folded = normal.toLowerCase(Locale.ROOT);
    if (folded.equals(profile.username().toLowerCase(Locale.ROOT))
        || folded.equals(emailKey(profile))) {
      return Optional.of("must not be the user name or the email");
    }
    return common.contains(folded)
        ? Optional.of("is one of the commonest passwords; choose another")
        : Optional.empty();
  }

  private static @Nullable String emailKey(Profile profile) {
    return profile.email() == null ? null : ProfileRules.emailKey(profile.email());
  }

  /**
   * Hashes it.
   *
   * @throws PasswordHasher.Busy when too many passwords wait already
   */
  String hash(String password) {
    return hasher.hash(password);
  }

  /**
   * Whether it is the user's; takes as long without a user.
   *
   * @throws PasswordHasher.Busy when too many passwords wait already
   */
  boolean matches(@Nullable User user, String password) {
    return hasher.verify(password, user == null ? null : user.passwordHash());
  }

  /** Whether the user's hash was made with less than what is configured now. */
  boolean needsRehash(User user) {
    return hasher.needsRehash(user.passwordHash());
  }
}
