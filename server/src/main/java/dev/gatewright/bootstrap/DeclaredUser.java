package dev.gatewright.bootstrap;

import dev.gatewright.user.Profile;
import dev.gatewright.user.Role;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A user in the file, by the names of the contract's {@code User}, with the password. What is
 * absent (null) stays as it is in an existing account.
 */
record DeclaredUser(
    YamlSection at,
    Profile profile,
    String password,
    @Nullable Boolean emailVerified,
    @Nullable Boolean phoneNumberVerified,
    @Nullable Role role) {

  static DeclaredUser read(YamlSection at) {
    at.allowOnly(
        YamlRecord.fields(
            Profile.class, "password", "email_verified", "phone_number_verified", "role"));
    at.requiredText("username");
    return new DeclaredUser(
        at,
        YamlRecord.read(at, Profile.class),
        at.requiredText("password"),
        at.flag("email_verified"),
        at.flag("phone_number_verified"),
        role(at));
  }

  private static @Nullable Role role(YamlSection at) {
    @Nullable String value = at.text("role");
    if (value == null) {
      return null;
    }
    return Stream.of(Role.values())
        .filter(role -> role.value().equals(value))
        .findFirst()
        .orElseThrow(() -> at.mistake("role", "must be user or administrator"));
  }

  @Override
  public String toString() {
    return "DeclaredUser[" + profile.username() + "]";
  }
}
