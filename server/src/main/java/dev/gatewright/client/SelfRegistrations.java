package dev.gatewright.client;

import dev.gatewright.crypto.Secrets;
import jakarta.inject.Singleton;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.function.UnaryOperator;

/**
 * Clients that registered themselves, each with a registration access token that opens its own
 * registration and nothing else (RFC 7592 §1.2): {@code gwm_} and 256 random bits, of which the
 * database has only the hash.
 */
@Singleton
public final class SelfRegistrations {
  private static final byte[] NO_HASH = new byte[32];

  private final ClientRegistrations registrations;
  private final RegistrationTokenRepository tokens;
  private final Clock clock;

  SelfRegistrations(
      ClientRegistrations registrations, RegistrationTokenRepository tokens, Clock clock) {
    this.registrations = registrations;
    this.tokens = tokens;
    this.clock = clock;
  }

  /**
   * Registers a client.
   *
   * @param admission lets it in, in the same transaction; what it throws undoes the registration
   * @return the registration access token beside the client
   * @throws dev.gatewright.http.ProblemException 400 with the mistakes
   */
  public Registered register(ClientMetadata metadata, Registrable registrable, Runnable admission) {
    String token = Secrets.random("gwm_");
    RegisteredClient client =
        registrations.create(
            metadata,
            registrable,
            registered -> {
              admission.run();
              tokens.save(
                  new RegistrationTokenRow(
                      registered.clientId(), Secrets.sha256(token), clock.instant()));
            });
    return new Registered(client, token);
  }

  /** Whether the token is the one of this client, and the client still registered. */
  public boolean admits(String clientId, String token) {
    byte[] expected =
        Clients.isWellFormed(clientId)
            ? tokens.findByClientId(clientId).map(RegistrationTokenRow::tokenHash).orElse(NO_HASH)
            : NO_HASH;
    return MessageDigest.isEqual(expected, Secrets.sha256(token));
  }

  /** The client as it is registered. */
  public Client get(String clientId) {
    return registrations.get(clientId);
  }

  /**
   * Replaces what the client said of itself, and gives it a secret when it comes to need one.
   *
   * @throws dev.gatewright.http.ProblemException 400 with the mistakes
   */
  public RegisteredClient update(
      String clientId, Registrable registrable, UnaryOperator<ClientMetadata> change) {
    Client changed = registrations.update(clientId, null, registrable, change);
    return changed.needsSecret() && changed.secretHash() == null
        ? registrations.rotateSecret(clientId)
        : new RegisteredClient(changed, null);
  }

  /**
   * A client that has just registered itself.
   *
   * @param registrationAccessToken to be shown once
   */
  public record Registered(RegisteredClient client, String registrationAccessToken) {
    @Override
    public String toString() {
      return "Registered[" + client + "]";
    }
  }
}
