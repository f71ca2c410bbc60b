package dev.gatewright.user;

import dev.gatewright.oauth.StandardClaim;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** An account as claims (OpenID Connect Core §5.1). */
public final class UserClaims {
  private UserClaims() {}

  /**
   * What the account says, as JSON values; what it does not say is absent (§5.3.2).
   *
   * @param wanted which claims
   */
  public static Map<StandardClaim, Object> of(User user, Predicate<StandardClaim> wanted) {
    Map<StandardClaim, Object> claims = all(user);
    claims.keySet().removeIf(wanted.negate());
    return claims;
  }

  private static Map<StandardClaim, Object> all(User user) {
    ProfileDetails details = user.details();
    var claims = new EnumMap<StandardClaim, Object>(StandardClaim.class);
    put(claims, StandardClaim.NAME, user.name());
    put(claims, StandardClaim.GIVEN_NAME, user.givenName());
    put(claims, StandardClaim.FAMILY_NAME, user.familyName());
    put(claims, StandardClaim.MIDDLE_NAME, details.middleName());
    put(claims, StandardClaim.NICKNAME, details.nickname());
    put(claims, StandardClaim.PREFERRED_USERNAME, user.username());
    put(claims, StandardClaim.PROFILE, details.profile());
    put(claims, StandardClaim.PICTURE, details.picture());
    put(claims, StandardClaim.WEBSITE, details.website());
    put(claims, StandardClaim.GENDER, details.gender());
    put(claims, StandardClaim.BIRTHDATE, details.birthdate());
    put(claims, StandardClaim.ZONEINFO, details.zoneinfo());
    put(claims, StandardClaim.LOCALE, details.locale());
    put(claims, StandardClaim.UPDATED_AT, user.updatedAt().getEpochSecond());
    if (user.email() != null) {
      put(claims, StandardClaim.EMAIL, user.email());
      put(claims, StandardClaim.EMAIL_VERIFIED, user.emailVerified());
    }
    if (details.address() != null) {
      put(claims, StandardClaim.ADDRESS, address(details.address()));
    }
    if (user.phoneNumber() != null) {
      put(claims, StandardClaim.PHONE_NUMBER, user.phoneNumber());
      put(claims, StandardClaim.PHONE_NUMBER_VERIFIED, user.phoneNumberVerified());
    }
    return claims;
  }

  /** OpenID Connect Core §5.1.1. */
  private static SequencedMap<String, Object> address(Address address) {
    var members = new LinkedHashMap<String, Object>();
    put(members, "formatted", address.formatted());
    put(members, "street_address", address.streetAddress());
    put(members, "locality", address.locality());
    put(members, "region", address.region());
    put(members, "postal_code", address.postalCode());
    put(members, "country", address.country());
    return members;
  }

  private static <K> void put(Map<K, Object> claims, K name, @Nullable Object value) {
    if (value != null) {
      claims.put(name, value);
    }
  }
}
