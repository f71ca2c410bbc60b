package dev.gatewright.session;

import dev.gatewright.database.BinaryUuid;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A browser's login at this server.
 *
 * @param idHash SHA-256 of the cookie's value
 * @param sid the session's public identifier; tokens and grants name it
 * @param amr how the user authenticated, separated by spaces (RFC 8176)
 * @param authTime when
 * @param userAgent what the browser called itself then, in printable ASCII; null: nothing
 * @param address where it was then
 */
@MappedEntity("browser_session")
public record BrowserSession(
    @Id byte[] idHash,
    @BinaryUuid UUID sid,
    @BinaryUuid UUID userId,
    String amr,
    Instant authTime,
    Instant lastSeenAt,
    Instant expiresAt,
    Instant createdAt,
    @Nullable String userAgent,
    @Nullable String address) {

  /** How the user authenticated, method by method. */
  public List<String> amrList() {
    return Arrays.asList(amr.split(" "));
  }
}
