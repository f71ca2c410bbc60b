package dev.gatewright.device;

import dev.gatewright.database.BinaryUuid;
import dev.gatewright.oauth.Scopes;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.TypeDef;
import io.micronaut.data.model.DataType;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A device that asks its user for access (RFC 8628), as stored; the device code itself is not.
 *
 * @param deviceCodeHash its SHA-256
 * @param userCode eight capitals; no other device has them until this row is purged
 * @param scope what was asked for; once approved, what was granted
 * @param resources identifiers of protected resources that were asked for, separated by spaces
 * @param pollInterval seconds that the device waits between two polls
 * @param polledAt the latest poll, if there was one
 * @param userId who decided; null while nobody has
 * @param authTime when that user had authenticated, if it was approved
 * @param amr how, if it was approved
 * @param grantId the grant that redeeming makes, and that a second redeeming revokes
 */
@MappedEntity("device_authorization")
public record DeviceAuthorization(
    @Id byte[] deviceCodeHash,
    String userCode,
    String clientId,
    String scope,
    String resources,
    @TypeDef(type = DataType.STRING, converter = DeviceAuthorizationStatus.Column.class)
        DeviceAuthorizationStatus status,
    int pollInterval,
    @Nullable Instant polledAt,
    @Nullable @BinaryUuid UUID userId,
    @Nullable Instant authTime,
    @Nullable String amr,
    @BinaryUuid UUID grantId,
    Instant createdAt,
    Instant expiresAt) {

  public Scopes scopes() {
    return Scopes.parse(scope);
  }

  /** Identifiers of the protected resources asked for; empty when none was. */
  public List<String> resourceList() {
    return resources.isEmpty() ? List.of() : Arrays.asList(resources.split(" "));
  }

  /** Enough to find the row, and neither of the codes. */
  @Override
  public String toString() {
    return "DeviceAuthorization[grantId=" + grantId + ", status=" + status + "]";
  }
}
