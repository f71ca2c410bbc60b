package dev.gatewright.device;

import dev.gatewright.client.Client;
import dev.gatewright.crypto.Ids;
import dev.gatewright.crypto.Secrets;
import dev.gatewright.database.SqlErrors;
import dev.gatewright.database.Transactions;
import dev.gatewright.oauth.Scopes;
import dev.gatewright.session.BrowserSession;
import dev.gatewright.settings.DeviceSettings;
import io.micronaut.data.exceptions.DataAccessException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Devices that ask for access: each has a device code of 256 random bits, which is good for one
 * redeeming, and a {@link UserCode} by which its user finds it (RFC 8628 §3.2).
 */
@Singleton
public class DeviceAuthorizations {
  /** RFC 8628 §3.5, {@code slow_down}. */
  private static final int SLOWER_BY_SECONDS = 5;

  /** How much too early a poll may be: what networks, and the clocks of two nodes, differ by. */
  private static final Duration LENIENCE = Duration.ofMillis(500);

  /** Of 25 billion codes, one that is taken is rare, and five in a row do not happen. */
  private static final int ATTEMPTS = 5;

  private final DeviceAuthorizationRepository repository;
  private final Transactions transactions;
  private final DeviceSettings settings;
  private final Clock clock;
  private final Supplier<UserCode> userCodes;

  @Inject
  public DeviceAuthorizations(
      DeviceAuthorizationRepository repository,
      Transactions transactions,
      DeviceSettings settings,
      Clock clock) {
    this(repository, transactions, settings, clock, UserCode::random);
  }

  /** With other user codes than random ones. */
  DeviceAuthorizations(
      DeviceAuthorizationRepository repository,
      Transactions transactions,
      DeviceSettings settings,
      Clock clock,
      Supplier<UserCode> userCodes) {
    this.repository = repository;
    this.transactions = transactions;
    this.settings = settings;
    this.clock = clock;
    this.userCodes = userCodes;
  }

  /**
   * The codes of a device that begins to wait.
   *
   * @param deviceCode for the device alone
   * @param userCode for its user
   */
  record Codes(String deviceCode, UserCode userCode) {
    @Override
    public String toString() {
      return "Codes[]";
    }
  }

  /** Begins; a user code that another device has is drawn again. */
  Codes begin(Client client, Scopes scopes, List<String> resources) {
    for (int attempt = 1; ; attempt++) {
      Codes codes = new Codes(Secrets.random(""), userCodes.get());
      DeviceAuthorization row = row(codes, client, scopes, resources);
      try {
        transactions.run(() -> repository.save(row));
        return codes;
      } catch (DataAccessException e) {
        if (attempt == ATTEMPTS || !SqlErrors.isDuplicateOf(e, "device_authorization_user_code")) {
          throw e;
        }
      }
    }
  }

  private DeviceAuthorization row(
      Codes codes, Client client, Scopes scopes, List<String> resources) {
    Instant now = clock.instant();
    return new DeviceAuthorization(
        Secrets.sha256(codes.deviceCode()),
        codes.userCode().letters(),
        client.clientId(),
        scopes.toString(),
        String.join(" ", resources),
        DeviceAuthorizationStatus.PENDING,
        (int) settings.interval().toSeconds(),
        null,
        null,
        null,
        null,
        Ids.next(),
        now,
        now.plus(settings.codeLifetime()));
  }

  /** The device of this device code as stored, whether it still waits or not. */
  public Optional<DeviceAuthorization> find(String deviceCode) {
    return repository.findByDeviceCodeHash(Secrets.sha256(deviceCode));
  }

  /**
   * The device of this user code, if it has not expired, for a user who may know of it: anyone
   * while it is pending, afterwards only who decided.
   */
  Optional<DeviceAuthorization> find(UserCode userCode, UUID userId) {
    return repository
        .findByUserCode(userCode.letters())
        .filter(device -> device.expiresAt().isAfter(clock.instant()))
        .filter(device ->
            device.status() == DeviceAuthorizationStatus.PENDING || userId.equals(device.userId()));
  }

  /**
   * Notes a poll of a device that has to go on waiting (RFC 8628 §3.5).
   *
   * @return false when it came too soon: from now on this device has to wait 5 seconds longer
   */
  public boolean poll(DeviceAuthorization device) {
    Instant now = clock.instant();
    Instant due = now.minusSeconds(device.pollInterval()).plus(LENIENCE);
    return transactions.run(() -> {
      boolean waited =
          repository.poll(device.deviceCodeHash(), device.pollInterval(), due, now) == 1;
      if (!waited) {
        repository.slowDown(device.deviceCodeHash(), SLOWER_BY_SECONDS, now);
      }
      return waited;
    });
  }

  /**
   * The user of this session allows the device what is granted: true for exactly one decision on
   * it, within the lifetime.
   */
  boolean approve(DeviceAuthorization device, BrowserSession session, Scopes granted) {
    return transactions.run(() ->
        repository.approve(
                device.deviceCodeHash(),
                granted.toString(),
                session.userId(),
                session.authTime(),
                session.amr(),
                clock.instant())
            == 1);
  }

  /** The user refuses: as {@link #approve}. */
  boolean deny(DeviceAuthorization device, UUID userId) {
    return transactions.run(
        () -> repository.deny(device.deviceCodeHash(), userId, clock.instant()) == 1);
  }

  /**
   * Redeems what was approved: true for exactly one caller, within the lifetime. Part of the
   * caller's transaction.
   */
  public boolean redeem(DeviceAuthorization device) {
    return repository.redeem(device.deviceCodeHash(), clock.instant()) == 1;
  }
}
