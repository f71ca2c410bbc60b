package dev.gatewright.user;

import dev.gatewright.http.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What people may be called, and what makes two names the same.
 *
 * <p>User names and emails are ASCII: two that look alike are alike, lower case is all the folding
 * there is, and no script can imitate another. Names for display may hold any letter.
 */
final class ProfileRules {
  private static final Pattern USERNAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");
  private static final String ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
  private static final String LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
  private static final Pattern EMAIL =
      Pattern.compile(
          "(?=.{1,64}@)" + ATOM + "(?:\\." + ATOM + ")*@" + LABEL + "(?:\\." + LABEL + ")+");
  private static final int EMAIL_LENGTH = 254;

  /** E.164, with the plus that OpenID Connect Core §5.1 recommends. */
  private static final Pattern PHONE_NUMBER = Pattern.compile("\\+[1-9][0-9]{3,14}");

  /**
   * Control characters, lone surrogates, line separators, and marks that turn the direction of what
   * follows.
   */
  private static final Pattern UNSHOWABLE =
      Pattern.compile("[\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}\\u202A-\\u202E\\u2066-\\u2069]");

  private ProfileRules() {}

  /** The user name as the unique index sees it. */
  static String usernameKey(String username) {
    return username.toLowerCase(Locale.ROOT);
  }

  /** The email as the unique index sees it. */
  static String emailKey(String email) {
    return email.toLowerCase(Locale.ROOT);
  }

  static boolean isUsername(String text) {
    return USERNAME.matcher(text).matches();
  }

  static boolean isEmail(String text) {
    return text.length() <= EMAIL_LENGTH && EMAIL.matcher(text).matches();
  }

  /** What is wrong with a profile, field by field; empty when nothing is. */
  static List<FieldError> check(Profile profile) {
    List<FieldError> problems = new ArrayList<>();
    checkUsername(profile.username(), problems);
    @Nullable String email = profile.email();
    if (email != null && !isEmail(email)) {
      problems.add(new FieldError("email", "must be an email address such as ada@example.org"));
    }
    checkName("name", profile.name(), 200, problems);
    checkName("given_name", profile.givenName(), 100, problems);
    checkName("family_name", profile.familyName(), 100, problems);
    @Nullable String phoneNumber = profile.phoneNumber();
    if (phoneNumber != null && !PHONE_NUMBER.matcher(phoneNumber).matches()) {
      problems.add(
          new FieldError(
              "phone_number", "must be an international number such as +442071838750 (E.164)"));
    }
    problems.addAll(DetailRules.check(profile.details()));
    return problems;
  }

  private static void checkUsername(String username, List<FieldError> problems) {
    if (username.indexOf('@') >= 0) {
      problems.add(new FieldError("username", "must not hold @"));
    } else if (!isUsername(username)) {
      problems.add(
          new FieldError(
              "username",
              "must be 1 to 64 of the letters a to z, digits, dot, underscore and hyphen"));
    }
  }

  private static void checkName(
      String field, @Nullable String name, int maxLength, List<FieldError> problems) {
    if (name != null) {
      refusalOfText(name, maxLength)
          .ifPresent(message -> problems.add(new FieldError(field, message)));
    }
  }

  /** What is wrong with a line of text that people read, if anything. */
  static Optional<String> refusalOfText(String text, int maxLength) {
    if (text.isBlank()) {
      return Optional.of("must not be blank");
    }
    if (text.length() > maxLength) {
      return Optional.of("must have at most " + maxLength + " characters");
    }
    return UNSHOWABLE.matcher(text).find()
        ? Optional.of("must not hold control characters")
        : Optional.empty();
  }
}
