package dev.gatewright.key;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Objects;

/** Signs JWTs with the current key of an algorithm. */
@Singleton
public class JwtSigner {
  private final SigningKeys keys;

  public JwtSigner(SigningKeys keys) {
    this.keys = keys;
  }

  /** As {@link #sign(SigningAlgorithm, String, JWTClaimsSet)}, of claims by name. */
  public String sign(SigningAlgorithm algorithm, String type, Map<String, Object> claims) {
    var set = new JWTClaimsSet.Builder();
    claims.forEach(set::claim);
    return sign(algorithm, type, set.build());
  }

  /**
   * The signed JWT in compact form.
   *
   * @param type the header {@code typ}: {@code at+jwt} for access tokens (RFC 9068 §2.1), {@code
   *     JWT} for ID tokens
   */
  public String sign(SigningAlgorithm algorithm, String type, JWTClaimsSet claims) {
    SigningKey key = keys.current(algorithm);
    JWSHeader header =
        new JWSHeader.Builder(algorithm.jws())
            .type(new JOSEObjectType(type))
            .keyID(key.kid())
            .build();
    SignedJWT jwt = new SignedJWT(header, claims);
    try {
      jwt.sign(Objects.requireNonNull(key.signer(), "The key that signs has its private half"));
    } catch (JOSEException e) {
      throw new IllegalStateException("The key " + key.kid() + " failed to sign", e);
    }
    return jwt.serialize();
  }
}
