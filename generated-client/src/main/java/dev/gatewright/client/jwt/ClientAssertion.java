package dev.gatewright.client.jwt;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.factories.DefaultJWSSignerFactory;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyType;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;

/**
 * The JWT by which a client says who it is (RFC 7523 §3, OpenID Connect Core §9): for the issuer
 * alone, good for a minute, and used for one request.
 */
public final class ClientAssertion {

  /** The {@code client_assertion_type} (RFC 7523 §2.2). */
  public static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

  private static final Duration LIFETIME = Duration.ofMinutes(1);

  private ClientAssertion() {}

  /**
   * A fresh one.
   *
   * @throws IllegalArgumentException if the key cannot sign
   */
  public static String sign(String clientId, URI issuer, JWK key, Clock clock) {
    Instant now = clock.instant();
    JWSHeader header = new JWSHeader.Builder(algorithm(key)).keyID(key.getKeyID()).build();
    JWTClaimsSet claims =
        new JWTClaimsSet.Builder()
            .issuer(clientId)
            .subject(clientId)
            .audience(issuer.toString())
            .jwtID(UUID.randomUUID().toString())
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plus(LIFETIME)))
            .build();
    SignedJWT jwt = new SignedJWT(header, claims);
    try {
      if (key instanceof OctetKeyPair ed25519) {
        Base64URL signature = Base64URL.encode(Ed25519.sign(ed25519, jwt.getSigningInput()));
        return header.toBase64URL() + "." + claims.toPayload().toBase64URL() + "." + signature;
      }
      jwt.sign(new DefaultJWSSignerFactory().createJWSSigner(key, header.getAlgorithm()));
      return jwt.serialize();
    } catch (JOSEException | GeneralSecurityException e) {
      throw new IllegalArgumentException("The client's key cannot sign", e);
    }
  }

  /** What the key says, else what is usual for its kind. */
  private static JWSAlgorithm algorithm(JWK key) {
    if (key.getAlgorithm() != null) {
      return JWSAlgorithm.parse(key.getAlgorithm().getName());
    }
    if (KeyType.RSA.equals(key.getKeyType())) {
      return JWSAlgorithm.RS256;
    }
    if (KeyType.OKP.equals(key.getKeyType())) {
      return JWSAlgorithm.EdDSA;
    }
    if (key instanceof ECKey ec && Curve.P_384.equals(ec.getCurve())) {
      return JWSAlgorithm.ES384;
    }
    return key instanceof ECKey ec && Curve.P_521.equals(ec.getCurve())
        ? JWSAlgorithm.ES512
        : JWSAlgorithm.ES256;
  }
}
