package dev.gatewright.user;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.micronaut.core.annotation.Creator;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import org.jspecify.annotations.Nullable;

/**
 * What users say about themselves, by the names of OpenID Connect Core §5.1.
 *
 * @param username {@code preferred_username}
 * @param phoneNumber by E.164, {@code +442071838750}
 */
@Serdeable(naming = SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Profile(
    String username,
    @Nullable String email,
    @Nullable String name,
    @Nullable String givenName,
    @Nullable String familyName,
    @Nullable String phoneNumber,
    @JsonUnwrapped ProfileDetails details) {

  @Creator
  public Profile {}

  /** What is asked at sign-up. */
  public Profile(
      String username,
      @Nullable String email,
      @Nullable String name,
      @Nullable String givenName,
      @Nullable String familyName) {
    this(username, email, name, givenName, familyName, null, ProfileDetails.NONE);
  }

  /** The same; what it does not say is as in another. An address is one thing. */
  public Profile orElse(Profile other) {
    return new Profile(
        username,
        orElse(email, other.email),
        orElse(name, other.name),
        orElse(givenName, other.givenName),
        orElse(familyName, other.familyName),
        orElse(phoneNumber, other.phoneNumber),
        new ProfileDetails(
            orElse(details.middleName(), other.details.middleName()),
            orElse(details.nickname(), other.details.nickname()),
            orElse(details.profile(), other.details.profile()),
            orElse(details.picture(), other.details.picture()),
            orElse(details.website(), other.details.website()),
            orElse(details.gender(), other.details.gender()),
            orElse(details.birthdate(), other.details.birthdate()),
            orElse(details.zoneinfo(), other.details.zoneinfo()),
            orElse(details.locale(), other.details.locale()),
            orElse(details.address(), other.details.address())));
  }

  private static <T> @Nullable T orElse(@Nullable T said, @Nullable T otherwise) {
    return said == null ? otherwise : said;
  }

  /** The user name, and nothing personal. */
  @Override
  public String toString() {
    return "Profile[" + username + "]";
  }
}
