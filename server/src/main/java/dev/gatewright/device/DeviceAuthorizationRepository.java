package dev.gatewright.device;

import dev.gatewright.database.BinaryUuid;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** The table {@code device_authorization}. */
@JdbcRepository(dialect = Dialect.MYSQL)
interface DeviceAuthorizationRepository extends GenericRepository<DeviceAuthorization, byte[]> {
  Optional<DeviceAuthorization> findByDeviceCodeHash(byte[] deviceCodeHash);

  Optional<DeviceAuthorization> findByUserCode(String userCode);

  DeviceAuthorization save(DeviceAuthorization authorization);

  /** Notes a poll: 0 when the latest one was after {@code due}, or the interval has grown. */
  @Query(
      "update device_authorization set polled_at = :now"
          + " where device_code_hash = :deviceCodeHash and poll_interval = :pollInterval"
          + " and (polled_at is null or polled_at <= :due)")
  long poll(byte[] deviceCodeHash, int pollInterval, Instant due, Instant now);

  @Query(
      "update device_authorization set poll_interval = poll_interval + :seconds, polled_at = :now"
          + " where device_code_hash = :deviceCodeHash")
  long slowDown(byte[] deviceCodeHash, int seconds, Instant now);

  /** The write that decides who decides: 1 for exactly one caller, here or in {@link #deny}. */
  @Query(
      "update device_authorization set status = 'approved', scope = :scope, user_id = :userId,"
          + " auth_time = :authTime, amr = :amr where device_code_hash = :deviceCodeHash and status"
          + " = 'pending' and expires_at > :now")
  long approve(
      byte[] deviceCodeHash,
      String scope,
      @BinaryUuid UUID userId,
      Instant authTime,
      String amr,
      Instant now);

  @Query(
      "update device_authorization set status = 'denied', user_id = :userId where device_code_hash"
          + " = :deviceCodeHash and status = 'pending' and expires_at > :now")
  long deny(byte[] deviceCodeHash, @BinaryUuid UUID userId, Instant now);

  /** The write that decides who redeems: 1 for exactly one caller. */
  @Query(
      "update device_authorization set status = 'redeemed'"
          + " where device_code_hash = :deviceCodeHash and status = 'approved'"
          + " and expires_at > :now")
  long redeem(byte[] deviceCodeHash, Instant now);

  @Query("delete from device_authorization where expires_at < :before limit :most")
  long deleteExpired(Instant before, int most);
}
