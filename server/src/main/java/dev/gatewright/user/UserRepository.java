package dev.gatewright.user;

import dev.gatewright.database.BinaryUuid;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.annotation.TypeDef;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.DataType;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code user_account}. Every change is one conditional statement whose row count tells
 * who won.
 */
@JdbcRepository(dialect = Dialect.MYSQL)
interface UserRepository extends GenericRepository<User, UUID> {
  /** Inserts; the unique indexes on user name and email decide. */
  User save(User user);

  Optional<User> findById(@BinaryUuid UUID id);

  Optional<User> findByUsernameKey(String usernameKey);

  Optional<User> findByEmailKey(String emailKey);

  boolean existsByRole(Role role);

  @Query("select * from user_account where id > :after order by id limit :count")
  List<User> page(@BinaryUuid UUID after, int count);

  /**
   * Writes all but the password hash, if the row still has the version that is given; the row then
   * has the next.
   */
  @Query(
      """
      update user_account
      set username = :username, username_key = :usernameKey, email = :email, email_key = :emailKey,
        email_verified = :emailVerified, email_set_at = :emailSetAt, name = :name, given_name = :givenName,
        family_name = :familyName, phone_number = :phoneNumber, phone_number_verified = :phoneNumberVerified,
        details = :details, role = :role, version = version + 1, updated_at = :now
      where id = :id and version = :version
      """)
  int update(
      @BinaryUuid UUID id,
      int version,
      String username,
      String usernameKey,
      @Nullable String email,
      @Nullable String emailKey,
      boolean emailVerified,
      @Nullable Instant emailSetAt,
      @Nullable String name,
      @Nullable String givenName,
      @Nullable String familyName,
      @Nullable String phoneNumber,
      boolean phoneNumberVerified,
      @TypeDef(type = DataType.STRING, converter = DetailsColumn.class) ProfileDetails details,
      Role role,
      Instant now);

  /**
   * As the query of that name, which counts rows only when it is given values rather than an
   * entity.
   */
  default int update(User user) {
    return update(
        user.id(),
        user.version(),
        user.username(),
        user.usernameKey(),
        user.email(),
        user.emailKey(),
        user.emailVerified(),
        user.emailSetAt(),
        user.name(),
        user.givenName(),
        user.familyName(),
        user.phoneNumber(),
        user.phoneNumberVerified(),
        user.details(),
        user.role(),
        user.updatedAt());
  }

  /** Takes an unverified email from whoever has held it since before the given time. */
  @Query(
      """
      update user_account
      set email = null, email_key = null, email_set_at = null, version = version + 1, updated_at = :now
      where email_key = :emailKey and email_verified = false and email_set_at < :before and id <> :newcomer
      """)
  int yieldEmail(String emailKey, Instant before, @BinaryUuid UUID newcomer, Instant now);

  /** Replaces a hash by another, unless someone else has replaced it already. */
  @Query("update user_account set password_hash = :fresh where id = :id and password_hash = :old")
  int replacePasswordHash(@BinaryUuid UUID id, String old, String fresh);

  @Query("delete from user_account where id = :id and version = :version")
  int delete(@BinaryUuid UUID id, int version);
}
