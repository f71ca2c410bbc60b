package dev.gatewright.backchannel;

import dev.gatewright.database.BinaryUuid;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The table {@code session_client}. */
@JdbcRepository(dialect = Dialect.MYSQL)
interface SessionClientRepository extends GenericRepository<SessionClient, UUID> {

  /** Remembers a client of a session: 0 when it is known already. */
  @Query(
      "insert ignore into session_client"
          + " (id, sid, client_id, user_id, subject, attempts, created_at, expires_at)"
          + " values (:id, :sid, :clientId, :userId, :subject, 0, :now, :expiresAt)")
  long add(
      @BinaryUuid UUID id,
      @BinaryUuid UUID sid,
      String clientId,
      @BinaryUuid UUID userId,
      String subject,
      Instant now,
      Instant expiresAt);

  /** The session has ended: its clients are due. Whoever comes second finds none. */
  @Query(
      "update session_client set due_at = :now, expires_at = :giveUpAt"
          + " where sid = :sid and due_at is null")
  long enqueue(@BinaryUuid UUID sid, Instant now, Instant giveUpAt);

  @Query(
      "update session_client set due_at = :now, expires_at = :giveUpAt"
          + " where user_id = :userId and due_at is null")
  long enqueueByUser(@BinaryUuid UUID userId, Instant now, Instant giveUpAt);

  @Query(
      "update session_client set due_at = :now, expires_at = :giveUpAt"
          + " where user_id = :userId and sid <> :keepSid and due_at is null")
  long enqueueByUserExcept(
      @BinaryUuid UUID userId, @BinaryUuid UUID keepSid, Instant now, Instant giveUpAt);

  @Query("select 1 from session_client where due_at <= :now limit 1")
  Optional<Integer> findDue(Instant now);

  /**
   * The write that decides which node tries: nobody else finds these due before the claim lapses.
   */
  @Query(
      "update session_client set claim = :claim, due_at = :lapsesAt, attempts = attempts + 1"
          + " where due_at <= :now limit 20")
  long claimDue(@BinaryUuid UUID claim, Instant lapsesAt, Instant now);

  /** As {@link #claimDue}, of one session. */
  @Query(
      "update session_client set claim = :claim, due_at = :lapsesAt, attempts = attempts + 1"
          + " where sid = :sid and due_at <= :now")
  long claimOfSession(@BinaryUuid UUID sid, @BinaryUuid UUID claim, Instant lapsesAt, Instant now);

  @Query("select * from session_client where due_at = :lapsesAt and claim = :claim")
  List<SessionClient> findClaimed(@BinaryUuid UUID claim, Instant lapsesAt);

  /** The client has been told, or never will be. */
  @Query("delete from session_client where id = :id and claim = :claim")
  long delete(@BinaryUuid UUID id, @BinaryUuid UUID claim);

  @Query(
      "update session_client set claim = null, due_at = :dueAt where id = :id and claim = :claim")
  long postpone(@BinaryUuid UUID id, @BinaryUuid UUID claim, Instant dueAt);

  /** Of sessions that ended by time, of which nobody is told. One that was prolonged stays. */
  @Query(
      "delete from session_client where due_at is null and expires_at < :now and not exists"
          + " (select 1 from browser_session where browser_session.sid = session_client.sid)"
          + " limit :most")
  long deleteExpired(Instant now, int most);
}
