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
 * @param phoneNumber by E.164
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
    @Nullable String phoneNumber,
    boolean phoneNumberVerified,
    @TypeDef(type = DataType.STRING, converter = DetailsColumn.class) ProfileDetails details,
    @TypeDef(type = DataType.STRING, converter = RoleConverter.class) Role role,
    int version,
    Instant createdAt,
    Instant updatedAt) {

  public boolean isAdministrator() {
    return role == Role.ADMINISTRATOR;
  }

  /** What the user may change. */
  public Profile profile() {
    return new Profile(username, email, name, givenName, familyName, phoneNumber, details);
  }

  /** What of it is proven. */
  public Verified verified() {
    return new Verified(emailVerified, phoneNumberVerified);
  }

  /**
   * An account with this profile, at its first version.
   *
   * @param verified what of it is proven; what the profile lacks is not
   */
  static User of(
      UUID id, Profile profile, Verified verified, String passwordHash, Role role, Instant now) {
    @Nullable String email = profile.email();
    return new User(
        id,
        profile.username(),
        ProfileRules.usernameKey(profile.username()),
        email,
        email == null ? null : ProfileRules.emailKey(email),
        email != null && verified.email(),
        email == null ? null : now,
        passwordHash,
        profile.name(),
        profile.givenName(),
        profile.familyName(),
        profile.phoneNumber(),
        profile.phoneNumber() != null && verified.phoneNumber(),
        profile.details(),
        role,
        1,
        now,
        now);
  }

  /** The same account with what the other says; only how long it has had its email stays. */
  User changedTo(User changed) {
    boolean sameEmail = emailKey != null && emailKey.equals(changed.emailKey());
    return new User(
        id,
        changed.username(),
        changed.usernameKey(),
        changed.email(),
        changed.emailKey(),
        changed.emailVerified(),
        sameEmail ? emailSetAt : changed.emailSetAt(),
        passwordHash,
        changed.name(),
        changed.givenName(),
        changed.familyName(),
        changed.phoneNumber(),
        changed.phoneNumberVerified(),
        changed.details(),
        changed.role(),
        version,
        createdAt,
        changed.updatedAt());
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
        phoneNumber,
        phoneNumberVerified,
        details,
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
