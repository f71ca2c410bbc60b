package dev.gatewright.bootstrap;

import dev.gatewright.crypto.Secrets;
import dev.gatewright.http.ProblemException;
import dev.gatewright.http.ProblemType;
import dev.gatewright.user.NewUser;
import dev.gatewright.user.Profile;
import dev.gatewright.user.Role;
import dev.gatewright.user.Users;
import dev.gatewright.user.Verified;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * Makes the first administrator, for a server that nobody can administrate has to be given to
 * someone. Nothing keeps the password, so that it is made only when it can be shown at once: by a
 * server that listens already.
 */
@Singleton
public final class FirstAdministrators {
  private static final String USERNAME = "admin";
  private static final int ATTEMPTS = 5;

  /** 32 characters that are not mistaken for each other: 5 bits each. */
  private static final String ALPHABET = "123456789abcdefghjkmnpqrstuvwxyz";

  private static final int PASSWORD_GROUPS = 5;
  private static final int GROUP = 5;

  private final Users users;

  FirstAdministrators(Users users) {
    this.users = users;
  }

  /**
   * An administrator with a password of 125 random bits, or nothing when there is one already.
   * Someone may have signed up by the name {@code admin}, or another node may be doing the same.
   */
  public Optional<FirstAdministrator> create() {
    String username = USERNAME;
    for (int attempt = 1; !users.hasAdministrator(); attempt++) {
      String password = password();
      try {
        users.create(
            new NewUser(new Profile(username, null, null, null, null), password),
            Role.ADMINISTRATOR,
            Verified.NOTHING);
        return Optional.of(new FirstAdministrator(username, password));
      } catch (ProblemException e) {
        if (e.type() != ProblemType.CONFLICT || attempt == ATTEMPTS) {
          throw e;
        }
        username = USERNAME + "-" + group();
      }
    }
    return Optional.empty();
  }

  private static String password() {
    var password = new StringBuilder(group());
    for (int i = 1; i < PASSWORD_GROUPS; i++) {
      password.append('-').append(group());
    }
    return password.toString();
  }

  private static String group() {
    var group = new StringBuilder();
    for (byte random : Secrets.bytes(GROUP)) {
      group.append(ALPHABET.charAt(random & 31));
    }
    return group.toString();
  }
}
