package dev.gatewright.device;

import dev.gatewright.client.Clients;
import dev.gatewright.database.Transactions;
import dev.gatewright.grant.Consents;
import dev.gatewright.grant.ScopePolicy;
import dev.gatewright.oauth.Scopes;
import dev.gatewright.session.BrowserSession;
import dev.gatewright.user.User;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.util.Optional;

/** What a device asks its user, and the decision. */
@Singleton
class DeviceQuestions {
  private final DeviceAuthorizations devices;
  private final UserCodeAttempts attempts;
  private final Clients clients;
  private final ScopePolicy scopePolicy;
  private final Consents consents;
  private final Transactions transactions;

  DeviceQuestions(
      DeviceAuthorizations devices,
      UserCodeAttempts attempts,
      Clients clients,
      ScopePolicy scopePolicy,
      Consents consents,
      Transactions transactions) {
    this.devices = devices;
    this.attempts = attempts;
    this.clients = clients;
    this.scopePolicy = scopePolicy;
    this.consents = consents;
    this.transactions = transactions;
  }

  /**
   * The question of the device that has this code.
   *
   * @return empty for a code that never was, that has expired, or that somebody else has used
   * @throws dev.gatewright.http.ProblemException 429 after too many of those
   */
  Optional<DeviceQuestion> find(
      HttpRequest<?> http, UserCode code, BrowserSession session, User user) {
    return attempts.attempt(
        user.id(),
        http,
        () ->
            devices
                .find(code, user.id())
                .flatMap(device ->
                    clients
                        .find(device.clientId())
                        .map(client -> new DeviceQuestion(code, device, client, session, user))));
  }

  /**
   * What the user can grant of what is asked for.
   *
   * @throws dev.gatewright.oauth.OAuthException {@code invalid_scope} when that is nothing
   */
  Scopes grantable(DeviceQuestion question) {
    return scopePolicy.grantable(
        question.user(), scopePolicy.requested(question.client(), question.device().scope()));
  }

  /**
   * Allows the device what is grantable; only the first decision on it counts. The consent is
   * written before, so that no device is allowed without a record of it.
   */
  void allow(DeviceQuestion question) {
    Scopes granted = grantable(question);
    consents.allow(question.user().id(), question.client().clientId(), granted);
    devices.approve(question.device(), question.session(), granted);
  }

  /** Refuses; only the first decision on the device counts. */
  void deny(DeviceQuestion question) {
    transactions.run(() -> {
      if (devices.deny(question.device(), question.user().id())) {
        consents.denied(
            question.user().id(), question.client().clientId(), question.device().scopes());
      }
    });
  }
}
