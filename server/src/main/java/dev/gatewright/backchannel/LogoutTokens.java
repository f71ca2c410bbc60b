package dev.gatewright.backchannel;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.gatewright.client.Client;
import dev.gatewright.crypto.Ids;
import dev.gatewright.key.JwtSigner;
import dev.gatewright.key.SigningAlgorithm;
import dev.gatewright.settings.ServerSettings;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;

/**
 * Logout tokens (OpenID Connect Back-Channel Logout §2.4): signed as the client's ID tokens are,
 * but of a type of their own and without {@code nonce}, so that neither passes for the other.
 */
@Singleton
final class LogoutTokens {
  private static final String TYPE = "logout+jwt";
  private static final String EVENT = "http://schemas.openid.net/event/backchannel-logout";

  /** Back-Channel Logout §4: two minutes at most. */
  private static final Duration LIFETIME = Duration.ofMinutes(2);

  private final JwtSigner signer;
  private final String issuer;
  private final Clock clock;

  LogoutTokens(JwtSigner signer, ServerSettings settings, Clock clock) {
    this.signer = signer;
    this.issuer = settings.issuer();
    this.clock = clock;
  }

  /** A fresh token that tells the client of the end of the session. */
  String make(Client client, SessionClient ended) {
    Instant now = clock.instant();
    JWTClaimsSet claims =
        new JWTClaimsSet.Builder()
            .issuer(issuer)
            .subject(ended.subject())
            .audience(client.clientId())
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plus(LIFETIME)))
            .jwtID(Ids.next().toString())
            .claim("events", Map.of(EVENT, Map.of()))
            .claim("sid", ended.sid().toString())
            .build();
    SigningAlgorithm algorithm =
        SigningAlgorithm.of(client.idTokenSignedResponseAlg()).orElseThrow();
    return signer.sign(algorithm, TYPE, claims);
  }
}
