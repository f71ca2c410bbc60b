package dev.gatewright.key;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The public keys of somebody else, from a JWK set (RFC 7517 §5): what tells whether a JWT was
 * signed there. A key that is not understood, symmetric, or an RSA key of unusual size counts as
 * absent.
 */
public final class PublicKeySet {
  private static final int MOST_KEYS = 20;
  private static final int LEAST_RSA_BITS = 2048;
  private static final int MOST_RSA_BITS = 8192;

  private final List<JWK> keys;

  private PublicKeySet(List<JWK> keys) {
    this.keys = keys;
  }

  /**
   * Reads a JWK set.
   *
   * @throws ParseException when it is none
   */
  public static PublicKeySet parse(String json) throws ParseException {
    @Nullable Map<String, Object> members = JSONObjectUtils.parse(json);
    return of(members == null ? Map.of() : members);
  }

  /**
   * Reads a JWK set from its members.
   *
   * @throws ParseException when it is none
   */
  public static PublicKeySet of(Map<String, Object> members) throws ParseException {
    if (!(members.get("keys") instanceof List<?> list)) {
      throw new ParseException("A JWK set has a list of keys", 0);
    }
    return new PublicKeySet(
        list.stream()
            .limit(MOST_KEYS)
            .flatMap(key -> publicKey(key).stream())
            .filter(PublicKeySet::isUsable)
            .toList());
  }

  /** Whether a key is here that could be the one that the JWT's header means. */
  public boolean mayHaveSigned(SignedJWT jwt) {
    return candidates(jwt.getHeader()).findAny().isPresent();
  }

  /**
   * Whether the JWT is signed by a key that is here: of the header's {@code kid} if it names one,
   * and made for its algorithm. Nothing in the JWT brings a key (RFC 8725 §3.10).
   */
  public boolean verifies(SignedJWT jwt) {
    return candidates(jwt.getHeader()).anyMatch(key -> verifies(jwt, key));
  }

  private Stream<JWK> candidates(JWSHeader header) {
    if (header.getCriticalParams() != null || !header.isBase64URLEncodePayload()) {
      return Stream.empty();
    }
    return Stream.ofNullable(JWKMatcher.forJWSHeader(header))
        .flatMap(matcher -> keys.stream().filter(matcher::matches));
  }

  private static boolean verifies(SignedJWT jwt, JWK key) {
    try {
      return jwt.verify(Verifiers.of(key));
    } catch (JOSEException | RuntimeException e) {
      return false; // a strange key or signature proves nothing
    }
  }

  private static Optional<JWK> publicKey(Object member) {
    if (!(member instanceof Map<?, ?> map)) {
      return Optional.empty();
    }
    try {
      @SuppressWarnings("unchecked") // names in JSON are strings
      JWK key = JWK.parse((Map<String, Object>) map);
      return Optional.ofNullable(key.toPublicJWK());
    } catch (ParseException | RuntimeException e) {
      return Optional.empty();
    }
  }

  private static boolean isUsable(JWK key) {
    boolean forVerifying =
        key.getKeyOperations() == null || key.getKeyOperations().contains(KeyOperation.VERIFY);
    boolean sized =
        !(key instanceof RSAKey) || (key.size() >= LEAST_RSA_BITS && key.size() <= MOST_RSA_BITS);
    return forVerifying && sized;
  }
}
