package dev.gatewright.user;

import java.util.Locale;

/** What a user may do at this server. */
public enum Role {
  USER,
  ADMINISTRATOR;

  /** The name in the contract, the database and tokens. */
  public String value() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The role of this name.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static Role of(String value) {
    for (Role role : values()) {
      if (role.value().equals(value)) {
        return role;
      }
    }
    throw new IllegalArgumentException("No role is called " + value);
  }
}
