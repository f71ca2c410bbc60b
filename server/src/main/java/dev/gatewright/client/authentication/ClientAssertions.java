package dev.gatewright.client.authentication;

import dev.gatewright.client.Client;
import dev.gatewright.client.ClientAuthMethod;
import dev.gatewright.client.Clients;
import dev.gatewright.client.jwt.ClientKeys;
import dev.gatewright.client.jwt.InvalidJwtException;
import dev.gatewright.client.jwt.JwtClaims;
import dev.gatewright.client.jwt.PresentedJwt;
import dev.gatewright.crypto.Secrets;
import dev.gatewright.database.Transactions;
import dev.gatewright.settings.ServerSettings;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Authenticates clients by {@code private_key_jwt}: a JWT that the client signs (RFC 7523 §3,
 * OpenID Connect Core §9), made for this server, short-lived, and good for one request.
 */
@Singleton
final class ClientAssertions {
  /** The value of {@code client_assertion_type} (RFC 7523 §2.2). */
  static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

  /** What libraries ask for at most; and so long is a used one remembered. */
  private static final Duration LONGEST = Duration.ofHours(1);

  /** A request object or a token is none, whatever it says. */
  private static final Set<String> JWT_TYPES = Set.of("jwt", "client-authentication+jwt");

  private final Clients clients;
  private final ClientKeys keys;
  private final UsedAssertionRepository used;
  private final Transactions transactions;
  private final Set<String> audience;
  private final Clock clock;

  ClientAssertions(
      Clients clients,
      ClientKeys keys,
      UsedAssertionRepository used,
      Transactions transactions,
      ServerSettings settings,
      Clock clock) {
    this.clients = clients;
    this.keys = keys;
    this.used = used;
    this.transactions = transactions;
    this.audience = Set.of(settings.issuer(), settings.url("/oauth2/token"));
    this.clock = clock;
  }

  /**
   * Whose the assertion says to be; nothing is proven by that.
   *
   * @throws InvalidJwtException when it is no assertion, or of no client that may send one
   */
  Claim read(ClientCredentials form) throws InvalidJwtException {
    @Nullable String assertion = form.clientAssertion();
    if (assertion == null || !TYPE.equals(form.clientAssertionType())) {
      throw new InvalidJwtException("it is missing, or its type is not " + TYPE);
    }
    PresentedJwt jwt = PresentedJwt.read(assertion, JWT_TYPES);
    return new Claim(client(form.clientId(), jwt.unverified()), jwt);
  }

  /**
   * Proves the claim, and uses the assertion up by that.
   *
   * @throws InvalidJwtException when it does not hold
   */
  void prove(Claim claim) throws InvalidJwtException {
    Client client = claim.client();
    JwtClaims claims =
        keys.verify(client, claim.jwt(), client.options().tokenEndpointAuthSigningAlg());
    requireForThisServer(claims.audience());
    use(client, claims);
  }

  /** Whose keys are to prove it: {@code iss} and {@code sub} are the client (RFC 7523 §3). */
  private Client client(@Nullable String clientId, JwtClaims claims) throws InvalidJwtException {
    String subject =
        claims
            .text("sub")
            .orElseThrow(() -> new InvalidJwtException("the assertion has no subject"));
    if (!subject.equals(claims.text("iss").orElse(null))) {
      throw new InvalidJwtException("issuer and subject of the assertion differ");
    }
    if (clientId != null && !clientId.equals(subject)) {
      throw new InvalidJwtException("client_id is not the subject of the assertion");
    }
    Client client =
        clients
            .find(subject)
            .orElseThrow(() -> new InvalidJwtException("the assertion is of no client"));
    if (client.tokenEndpointAuthMethod() != ClientAuthMethod.PRIVATE_KEY_JWT) {
      throw new InvalidJwtException(
          "client %s is registered for %s"
              .formatted(client.clientId(), client.tokenEndpointAuthMethod().value()));
    }
    return client;
  }

  /**
   * The issuer or the token endpoint, at whichever endpoint. One that names another server as well
   * could be used there first, or come from there.
   */
  private void requireForThisServer(List<String> named) throws InvalidJwtException {
    if (named.isEmpty() || !audience.containsAll(named)) {
      throw new InvalidJwtException("the audience of the assertion is not this server alone");
    }
  }

  private void use(Client client, JwtClaims claims) throws InvalidJwtException {
    Instant now = clock.instant();
    claims.requireCurrent(now);
    Instant expires =
        claims
            .time("exp")
            .orElseThrow(() -> new InvalidJwtException("the assertion does not expire"));
    if (expires.isAfter(now.plus(LONGEST).plus(JwtClaims.CLOCK_SKEW))) {
      throw new InvalidJwtException("the assertion expires too late");
    }
    String jti =
        claims
            .text("jti")
            .filter(id -> !id.isEmpty())
            .orElseThrow(() -> new InvalidJwtException("the assertion has no jti"));
    Instant forgotten = expires.plus(JwtClaims.CLOCK_SKEW);
    long written =
        transactions.run(() -> used.use(client.clientId(), Secrets.sha256(jti), forgotten));
    if (written != 1) {
      throw new InvalidJwtException(
          "client " + client.clientId() + " sent an assertion that was used before");
    }
  }

  /** An assertion and the client that it is to authenticate. */
  record Claim(Client client, PresentedJwt jwt) {}
}
