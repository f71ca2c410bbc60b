package dev.gatewright.userinfo;

import java.util.List;

/** The claims that {@link UserInfoController} tells, by name. */
public final class UserClaims {
  /** {@code claims_supported}: those of userinfo, and those that ID tokens add. */
  public static final List<String> SUPPORTED =
      List.of(
          "sub",
          "iss",
          "aud",
          "exp",
          "iat",
          "auth_time",
          "nonce",
          "amr",
          "at_hash",
          "sid",
          "preferred_username",
          "name",
          "given_name",
          "family_name",
          "updated_at",
          "email",
          "email_verified");

  private UserClaims() {}
}
