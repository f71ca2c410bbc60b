package dev.gatewright.user;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import org.jspecify.annotations.Nullable;

/**
 * What users may also say about themselves, by the names of OpenID Connect Core §5.1. It is only
 * ever read with its user, so it is kept as one text ({@link DetailsColumn}).
 *
 * @param profile the URL of a page about the user
 * @param picture the URL of an image of the user
 * @param website the URL of the user's own pages
 * @param gender {@code female}, {@code male}, or the user's own word
 * @param birthdate {@code 1815-12-10}, {@code 0000-12-10} without the year, or {@code 1815}
 * @param zoneinfo a name in the tz database, {@code Europe/London}
 * @param locale a language tag (BCP 47), {@code en-GB}
 * @param address null, never empty
 */
@Serdeable(naming = SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ProfileDetails(
    @Nullable String middleName,
    @Nullable String nickname,
    @Nullable String profile,
    @Nullable String picture,
    @Nullable String website,
    @Nullable String gender,
    @Nullable String birthdate,
    @Nullable String zoneinfo,
    @Nullable String locale,
    @Nullable Address address) {
  /** Nothing is said. */
  public static final ProfileDetails NONE =
      new ProfileDetails(null, null, null, null, null, null, null, null, null, null);

  public ProfileDetails {
    address = address == null || address.isEmpty() ? null : address;
  }

  /** Nothing personal. */
  @Override
  public String toString() {
    return "ProfileDetails";
  }
}
