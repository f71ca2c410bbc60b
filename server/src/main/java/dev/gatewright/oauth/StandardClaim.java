package dev.gatewright.oauth;

import java.util.Arrays;
import java.util.Optional;

/**
 * The standard claims about a user (OpenID Connect Core §5.1) but {@code sub}, each with the scope
 * that stands for it (§5.4) and with what people read of it on the consent page.
 */
public enum StandardClaim {
  NAME("name", ServerScopes.PROFILE, "See your full name"),
  GIVEN_NAME("given_name", ServerScopes.PROFILE, "See your given name"),
  FAMILY_NAME("family_name", ServerScopes.PROFILE, "See your family name"),
  MIDDLE_NAME("middle_name", ServerScopes.PROFILE, "See your middle name"),
  NICKNAME("nickname", ServerScopes.PROFILE, "See your nickname"),
  PREFERRED_USERNAME("preferred_username", ServerScopes.PROFILE, "See your user name"),
  PROFILE("profile", ServerScopes.PROFILE, "See the address of your profile page"),
  PICTURE("picture", ServerScopes.PROFILE, "See your picture"),
  WEBSITE("website", ServerScopes.PROFILE, "See the address of your website"),
  GENDER("gender", ServerScopes.PROFILE, "See your gender"),
  BIRTHDATE("birthdate", ServerScopes.PROFILE, "See your birthdate"),
  ZONEINFO("zoneinfo", ServerScopes.PROFILE, "See your time zone"),
  LOCALE("locale", ServerScopes.PROFILE, "See your language"),
  UPDATED_AT("updated_at", ServerScopes.PROFILE, "See when you last changed your profile"),
  EMAIL("email", ServerScopes.EMAIL, "See your email address"),
  EMAIL_VERIFIED("email_verified", ServerScopes.EMAIL, "See whether your email is verified"),
  ADDRESS("address", ServerScopes.ADDRESS, "See your postal address"),
  PHONE_NUMBER("phone_number", ServerScopes.PHONE, "See your phone number"),
  PHONE_NUMBER_VERIFIED(
      "phone_number_verified", ServerScopes.PHONE, "See whether your phone number is verified");

  private final String claim;
  private final String scope;
  private final String description;

  StandardClaim(String claim, String scope, String description) {
    this.claim = claim;
    this.scope = scope;
    this.description = description;
  }

  /** Its name in JSON. */
  public String claim() {
    return claim;
  }

  /** The scope that asks for it together with others. */
  public String scope() {
    return scope;
  }

  /** What a client can do that is told it. */
  public String description() {
    return description;
  }

  /** The claim of this name. */
  public static Optional<StandardClaim> of(String name) {
    return Arrays.stream(values()).filter(value -> value.claim.equals(name)).findFirst();
  }
}
