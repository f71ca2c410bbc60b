package dev.gatewright.bootstrap;

import dev.gatewright.user.Role;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A user in the file, by the names of the contract's {@code User}, with the password. What is
 * absent (null) stays as it is in an existing account.
 */
record DeclaredUser(
    YamlSection at,
    String username,
    String password,
    @Nullable String email,
    @Nullable Boolean emailVerified,
    @Nullable String name,
    @Nullable String givenName,
    @Nullable String familyName,
    @Nullable Role role) {

  static DeclaredUser read(YamlSection at) {
    at.allowOnly(
        "username",
        "password",
        "email",
        "email_verified",
        "name",
        "given_name",
        "family_name",
        "role");
    return new DeclaredUser(
        at,
        at.requiredText("username"),
        at.requiredText("password"),
        at.text("email"),
        at.flag("email_verified"),
        at.text("name"),
        at.text("given_name"),
        at.text("family_name"),
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
    return "DeclaredUser[" + username + "]";
  }
}
