package dev.gatewright.user;

import dev.gatewright.http.FieldError;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What {@link ProfileDetails} must keep to: the formats of OpenID Connect Core §5.1, and lengths.
 */
final class DetailRules {
  private static final int MAX_NAME = 100;
  private static final int MAX_URL = 2000;
  private static final int MAX_GENDER = 50;
  private static final int MAX_LANGUAGE_TAG = 35; // RFC 5646 §4.4.1
  private static final int MAX_LINES = 1000;
  private static final int MAX_ADDRESS_PART = 200;

  private static final Pattern YEAR = Pattern.compile("(?!0000)[0-9]{4}");
  private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
  private static final Pattern URL_CHARACTERS = Pattern.compile("[\\x21-\\x7E&&[^\\\\\"<>^`{|}]]+");
  private static final Pattern LINE_BREAK = Pattern.compile("\\r\\n|\\n");
  private static final Set<String> ZONES = Set.copyOf(ZoneId.getAvailableZoneIds());

  private final List<FieldError> problems = new ArrayList<>();

  private DetailRules() {}

  /** What is wrong, field by field; empty when nothing is. */
  static List<FieldError> check(ProfileDetails details) {
    var rules = new DetailRules();
    rules.text("middle_name", details.middleName(), MAX_NAME);
    rules.text("nickname", details.nickname(), MAX_NAME);
    rules.check("profile", details.profile(), DetailRules::refusalOfUrl);
    rules.check("picture", details.picture(), DetailRules::refusalOfUrl);
    rules.check("website", details.website(), DetailRules::refusalOfUrl);
    rules.text("gender", details.gender(), MAX_GENDER);
    rules.check("birthdate", details.birthdate(), DetailRules::refusalOfBirthdate);
    rules.check("zoneinfo", details.zoneinfo(), DetailRules::refusalOfZone);
    rules.check("locale", details.locale(), DetailRules::refusalOfLocale);
    @Nullable Address address = details.address();
    if (address != null) {
      rules.address(address);
    }
    return rules.problems;
  }

  private void address(Address address) {
    check("address.formatted", address.formatted(), DetailRules::refusalOfLines);
    check("address.street_address", address.streetAddress(), DetailRules::refusalOfLines);
    text("address.locality", address.locality(), MAX_ADDRESS_PART);
    text("address.region", address.region(), MAX_ADDRESS_PART);
    text("address.postal_code", address.postalCode(), MAX_ADDRESS_PART);
    text("address.country", address.country(), MAX_ADDRESS_PART);
  }

  private void text(String field, @Nullable String value, int maxLength) {
    check(field, value, text -> ProfileRules.refusalOfText(text, maxLength));
  }

  private void check(
      String field, @Nullable String value, Function<String, Optional<String>> rule) {
    if (value != null) {
      rule.apply(value).ifPresent(message -> problems.add(new FieldError(field, message)));
    }
  }

  /** Pages of other applications make links and images of it, so it must be nothing else. */
  private static Optional<String> refusalOfUrl(String value) {
    boolean wellFormed =
        value.length() <= MAX_URL && URL_CHARACTERS.matcher(value).matches() && isWebUrl(value);
    return wellFormed
        ? Optional.empty()
        : Optional.of(
            "must be an https or http URL with a host and without user information, at most "
                + MAX_URL
                + " characters");
  }

  private static boolean isWebUrl(String value) {
    try {
      URI uri = new URI(value);
      return ("https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme()))
          && uri.getHost() != null
          && uri.getRawUserInfo() == null;
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static Optional<String> refusalOfBirthdate(String value) {
    return YEAR.matcher(value).matches() || isDate(value)
        ? Optional.empty()
        : Optional.of("must be a date such as 1815-12-10, 0000-12-10 without the year, or 1815");
  }

  private static boolean isDate(String value) {
    if (!DATE.matcher(value).matches()) {
      return false;
    }
    try {
      LocalDate.parse(value);
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static Optional<String> refusalOfZone(String value) {
    return ZONES.contains(value)
        ? Optional.empty()
        : Optional.of("must be a time zone such as Europe/London (tz database)");
  }

  private static Optional<String> refusalOfLocale(String value) {
    return !value.isEmpty() && value.length() <= MAX_LANGUAGE_TAG && isLanguageTag(value)
        ? Optional.empty()
        : Optional.of("must be a language tag such as en-GB (BCP 47)");
  }

  private static boolean isLanguageTag(String value) {
    try {
      new Locale.Builder().setLanguageTag(value);
      return true;
    } catch (IllformedLocaleException e) {
      return false;
    }
  }

  /** Several lines, by CRLF or LF (OpenID Connect Core §5.1.1). */
  private static Optional<String> refusalOfLines(String value) {
    return value.length() > MAX_LINES
        ? Optional.of("must have at most " + MAX_LINES + " characters")
        : ProfileRules.refusalOfText(LINE_BREAK.matcher(value).replaceAll(" "), MAX_LINES);
  }
}
