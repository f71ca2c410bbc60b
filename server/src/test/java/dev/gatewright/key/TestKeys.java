package dev.gatewright.key;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jwt.SignedJWT;
import dev.gatewright.Http;
import dev.gatewright.TestServer;
import java.text.ParseException;
import java.util.List;

/** A server's signing keys, seen from outside, and time that passes for them. */
public final class TestKeys {
  private final TestServer server;
  private final Http http;

  public TestKeys(TestServer server) {
    this.server = server;
    this.http = new Http(server);
  }

  /** What the server does every few seconds by itself. */
  public void tend() {
    server.bean(KeyUpkeep.class).run();
  }

  /** The {@code kid}s in the JWK set that are for an algorithm, in their order. */
  public List<String> published(String alg) {
    return jwks().getKeys().stream()
        .filter(key -> key.getAlgorithm().getName().equals(alg))
        .map(JWK::getKeyID)
        .toList();
  }

  public JWKSet jwks() {
    try {
      return JWKSet.parse(Http.body(200, http.get("/.well-known/jwks.json")).toString());
    } catch (ParseException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The {@code kid} that a JWT names. */
  public static String kid(String jwt) {
    return parse(jwt).getHeader().getKeyID();
  }

  /** The header {@code typ} of a JWT. */
  public static String typ(String jwt) {
    return parse(jwt).getHeader().getType().getType();
  }

  /** An API that has just fetched the JWK set takes this token. */
  public void assertVerifies(String jwt) {
    JWK key = jwks().getKeyByKeyId(kid(jwt));
    try {
      SignedJWT parsed = parse(jwt);
      assertEquals(key.getAlgorithm(), parsed.getHeader().getAlgorithm());
      assertTrue(
          parsed.verify(
              switch (key.getKeyType().getValue()) {
                case "EC" -> new com.nimbusds.jose.crypto.ECDSAVerifier(key.toECKey());
                case "RSA" -> new com.nimbusds.jose.crypto.RSASSAVerifier(key.toRSAKey());
                default -> Ed25519.verifier((OctetKeyPair) key);
              }));
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static SignedJWT parse(String jwt) {
    try {
      return SignedJWT.parse(jwt);
    } catch (ParseException e) {
      throw new IllegalStateException(e);
    }
  }
}
