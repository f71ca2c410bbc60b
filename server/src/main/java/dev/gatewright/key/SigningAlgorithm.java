package dev.gatewright.key;

import com.nimbusds.jose.JWSAlgorithm;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The algorithms that this server signs with (RFC 7518 §3.1, RFC 8037 §3.1). */
public enum SigningAlgorithm {
  ES256(JWSAlgorithm.ES256),
  RS256(JWSAlgorithm.RS256),
  PS256(JWSAlgorithm.PS256),
  ED_DSA(JWSAlgorithm.EdDSA);

  private final JWSAlgorithm jws;

  SigningAlgorithm(JWSAlgorithm jws) {
    this.jws = jws;
  }

  JWSAlgorithm jws() {
    return jws;
  }

  /** The value of {@code alg}: {@code ES256}, {@code RS256}, {@code PS256} or {@code EdDSA}. */
  public String alg() {
    return jws.getName();
  }

  /** The algorithm of this {@code alg}; case counts. */
  public static Optional<SigningAlgorithm> of(String alg) {
    return Arrays.stream(values()).filter(value -> value.alg().equals(alg)).findFirst();
  }

  /** All values of {@code alg}. */
  public static List<String> names() {
    return Arrays.stream(values()).map(SigningAlgorithm::alg).toList();
  }
}
