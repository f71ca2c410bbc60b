package dev.gatewright.token;

import dev.gatewright.audit.Act;
import dev.gatewright.audit.AuditEvent;
import dev.gatewright.client.Client;
import dev.gatewright.database.Transactions;
import dev.gatewright.device.DeviceAuthorization;
import dev.gatewright.device.DeviceAuthorizationStatus;
import dev.gatewright.device.DeviceAuthorizations;
import dev.gatewright.grant.Grants;
import dev.gatewright.grant.IssuedTokens;
import dev.gatewright.grant.Target;
import dev.gatewright.grant.TokenIssuer;
import dev.gatewright.oauth.ErrorCode;
import dev.gatewright.oauth.GrantType;
import dev.gatewright.oauth.OAuthException;
import dev.gatewright.user.Users;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * Answers a device that asks whether its user has decided (RFC 8628 §3.4, §3.5), and redeems its
 * device code when it was allowed. A second redeeming revokes what the first one issued, as that of
 * an authorization code does.
 */
@Singleton
final class DeviceCodeHandler implements GrantHandler {
  private final DeviceAuthorizations devices;
  private final Grants grants;
  private final Narrowing narrowing;
  private final TokenIssuer issuer;
  private final Users users;
  private final Transactions transactions;
  private final Clock clock;

  DeviceCodeHandler(
      DeviceAuthorizations devices,
      Grants grants,
      Narrowing narrowing,
      TokenIssuer issuer,
      Users users,
      Transactions transactions,
      Clock clock) {
    this.devices = devices;
    this.grants = grants;
    this.narrowing = narrowing;
    this.issuer = issuer;
    this.users = users;
    this.transactions = transactions;
    this.clock = clock;
  }

  @Override
  public String grantType() {
    return GrantType.DEVICE_CODE;
  }

  @Override
  public IssuedTokens handle(Client client, TokenParameters parameters) {
    DeviceAuthorization device =
        devices
            .find(TokenParameters.required(parameters.deviceCode(), "device_code"))
            .orElseThrow(() -> refused("unknown device code"));
    if (!device.clientId().equals(client.clientId())) {
      throw refused("the device code is of client " + device.clientId());
    }
    if (device.status() == DeviceAuthorizationStatus.REDEEMED) {
      throw reused(device);
    }
    requireApproved(device);
    return redeem(client, device, parameters);
  }

  private void requireApproved(DeviceAuthorization device) {
    if (!device.expiresAt().isAfter(clock.instant())) {
      throw new OAuthException(ErrorCode.EXPIRED_TOKEN, "The device code has expired");
    }
    if (device.status() == DeviceAuthorizationStatus.DENIED) {
      // 400 at this endpoint (RFC 6749 §5.2)
      throw new OAuthException(ErrorCode.ACCESS_DENIED, "The user refused", null, 400);
    }
    if (device.status() == DeviceAuthorizationStatus.PENDING) {
      throw devices.poll(device)
          ? new OAuthException(ErrorCode.AUTHORIZATION_PENDING, "The user has not decided yet")
          : new OAuthException(
              ErrorCode.SLOW_DOWN,
              "Too soon; wait 5 seconds longer between two requests from now on");
    }
  }

  private IssuedTokens redeem(
      Client client, DeviceAuthorization device, TokenParameters parameters) {
    UUID userId = Objects.requireNonNull(device.userId());
    if (users.find(userId).isEmpty()) {
      throw refused("the user is gone");
    }
    Target target =
        narrowing.target(
            client,
            device.scopes(),
            device.resourceList(),
            device.scopes(),
            parameters.resources());
    // No browser session: the device is logged in, and not the browser that let it in
    // (docs/decisions/device-grants.md).
    Grants.NewGrant wanted =
        new Grants.NewGrant(
            device.grantId(),
            userId,
            client,
            device.scopes(),
            device.resourceList(),
            null,
            Objects.requireNonNull(device.authTime()),
            Objects.requireNonNull(device.amr()));
    Optional<Grants.Opened> opened =
        transactions.run(
            () -> devices.redeem(device) ? Optional.of(grants.open(wanted)) : Optional.empty());
    if (opened.isEmpty()) {
      throw reused(device);
    }
    return issuer.forGrant(client, opened.get().grant(), target, opened.get().refreshToken(), null);
  }

  private OAuthException reused(DeviceAuthorization device) {
    grants.revoke(
        device.grantId(),
        AuditEvent.refusal(Act.DEVICE_CODE_REUSED).of(Objects.requireNonNull(device.userId())));
    return refused(
        "the device code was redeemed before; its grant " + device.grantId() + " is revoked");
  }

  private static OAuthException refused(String logged) {
    return new OAuthException(
        ErrorCode.INVALID_GRANT, "The device code is unknown or already redeemed", logged);
  }
}
