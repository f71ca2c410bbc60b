package dev.gatewright.user;

/** Somebody who asks for an account. */
public record NewUser(Profile profile, String password) {
  /** Without the password. */
  @Override
  public String toString() {
    return "NewUser[profile=" + profile + "]";
  }
}
