package dev.gatewright.user;

import dev.gatewright.database.BinaryUuid;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.TypeDef;
import io.micronaut.data.model.DataType;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An account.
 *
 * @param id the subject identifier in tokens; never reused
 * @param usernameKey the user name in lower case: what uniqueness means
 * @param emailKey the email in lower case: what uniqueness means
 * @param emailSetAt since when the account has this email; how long an unverified one is held is
 *     counted from here
 * @param passwordHash see {@link dev.gatewright.crypto.PasswordHasher}
 * @param version counts the changes of what the account shows; a new password is none
 */
@MappedEntity("user_account")
public record User(
    @Id @BinaryUuid UUID id,
    String username,
    String usernameKey,
    @Nullable String email,
    @Nullable String emailKey,
    boolean emailVerified,
    @Nullable Instant emailSetAt,
    String passwordHash,
    @Nullable String name,
    @Nullable String givenName,
    @Nullable String familyName,
    @TypeDef(type = DataType.STRING, converter = RoleConverter.class) Role role,
    int version,
    Instant createdAt,
    Instant updatedAt) {

  public boolean isAdministrator() {
    return role == Role.ADMINISTRATOR;
  }

  /** What the user may change. */
  public Profile profile() {
    return new Profile(username, email, name, givenName, familyName);
  }

  /** The same with another version. */
  User withVersion(int number) {
    return new User(
        id,
        username,
        usernameKey,
        email,
        emailKey,
        emailVerified,
        emailSetAt,
        passwordHash,
        name,
        givenName,
        familyName,
        role,
        number,
        createdAt,
        updatedAt);
  }

  /** Enough to find the row, and nothing personal. */
  @Override
  public String toString() {
    return "User[id=" + id + ", version=" + version + "]";
  }
}
