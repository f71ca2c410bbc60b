package dev.gatewright.benchmark.ceiling;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;

/** Access tokens like the server's, made by nimbus with a key of the provider that is installed. */
final class Tokens {
  private static final String KID = "b5hJvHQyT0sZ3pYb9WbqXn2yYxw3jZc0s4nqQe1mJ8E";
  private static final int RSA_BITS = 2048;
  private static final long LIFETIME_SECONDS = 3600;

  private final JWSHeader header;
  private final JWSSigner signer;
  private final KeyPair keys;

  private Tokens(JWSAlgorithm algorithm, JWSSigner signer, KeyPair keys) {
    this.header =
        new JWSHeader.Builder(algorithm).type(new JOSEObjectType("at+jwt")).keyID(KID).build();
    this.signer = signer;
    this.keys = keys;
  }

  static Tokens es256() throws GeneralSecurityException, JOSEException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    KeyPair keys = generator.generateKeyPair();
    return new Tokens(JWSAlgorithm.ES256, new ECDSASigner((ECPrivateKey) keys.getPrivate()), keys);
  }

  static Tokens rs256() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(RSA_BITS);
    KeyPair keys = generator.generateKeyPair();
    return new Tokens(JWSAlgorithm.RS256, new RSASSASigner(keys.getPrivate()), keys);
  }

  KeyPair keys() {
    return keys;
  }

  /** Claims, signature, serialization. */
  String sign() throws JOSEException {
    Instant now = Instant.now();
    JWTClaimsSet claims =
        new JWTClaimsSet.Builder()
            .issuer("http://localhost:8080")
            .subject("machine-es256")
            .audience("https://api.example/orders")
            .claim("client_id", "machine-es256")
            .claim("scope", "orders:read")
            .jwtID(UUID.randomUUID().toString())
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plusSeconds(LIFETIME_SECONDS)))
            .build();
    SignedJWT token = new SignedJWT(header, claims);
    token.sign(signer);
    return token.serialize();
  }
}
