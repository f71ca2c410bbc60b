package dev.gatewright.client.jwt;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.jwt.SignedJWT;
import dev.gatewright.client.error.InvalidTokenException;
import dev.gatewright.client.error.InvalidTokenException.Reason;
import java.security.GeneralSecurityException;
import java.text.ParseException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A JWT whose signature has been verified with a key of the issuer (RFC 7515 §5.2, RFC 8725). What
 * it claims is still to be judged.
 *
 * @param header its header
 * @param claims its claims
 */
public record SignedJwt(JWSHeader header, JWTClaimsSet claims) {

  /**
   * What we can verify. No symmetric algorithm: whoever can verify with one can also sign with it.
   */
  private static final Set<JWSAlgorithm> VERIFIABLE =
      Set.of(
          JWSAlgorithm.ES256,
          JWSAlgorithm.ES384,
          JWSAlgorithm.ES512,
          JWSAlgorithm.RS256,
          JWSAlgorithm.RS384,
          JWSAlgorithm.RS512,
          JWSAlgorithm.PS256,
          JWSAlgorithm.PS384,
          JWSAlgorithm.PS512,
          JWSAlgorithm.EdDSA,
          JWSAlgorithm.Ed25519);

  /** Every algorithm that can be verified here, by name. */
  public static Set<String> everyAlgorithm() {
    return VERIFIABLE.stream().map(JWSAlgorithm::getName).collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Verifies the signature.
   *
   * @param jwt the compact form
   * @param keys the issuer's keys
   * @param algorithms the names of the algorithms that may have signed it
   * @param types the values that {@code typ} may have, in lower case; the empty string stands for
   *     its absence
   * @throws InvalidTokenException if it is not such a token of the issuer
   */
  public static SignedJwt verify(
      String jwt, IssuerKeys keys, Set<String> algorithms, Set<String> types) {
    SignedJWT parsed = parse(jwt);
    JWSHeader header = parsed.getHeader();
    if (!VERIFIABLE.contains(header.getAlgorithm())
        || !algorithms.contains(header.getAlgorithm().getName())) {
      throw new InvalidTokenException(
          Reason.ALGORITHM, "The algorithm " + header.getAlgorithm() + " is not accepted");
    }
    String type =
        header.getType() == null ? "" : header.getType().getType().toLowerCase(Locale.ROOT);
    if (!types.contains(type)) {
      throw new InvalidTokenException(Reason.TYPE, "This kind of token is not accepted here");
    }
    if (header.getCriticalParams() != null) {
      throw new InvalidTokenException(
          Reason.MALFORMED, "The header has critical parameters, which none here knows");
    }
    List<JWK> candidates = keys.candidates(header);
    if (candidates.isEmpty()) {
      throw new InvalidTokenException(
          Reason.KEY, "The issuer has no key that could have signed this token");
    }
    if (candidates.stream().noneMatch(key -> signed(parsed, key))) {
      throw new InvalidTokenException(
          Reason.SIGNATURE, "The signature does not match: the token was tampered with");
    }
    return new SignedJwt(header, claims(parsed));
  }

  private static SignedJWT parse(String jwt) {
    JWT parsed;
    try {
      parsed = JWTParser.parse(jwt);
    } catch (ParseException | IllegalArgumentException e) {
      throw new InvalidTokenException(Reason.MALFORMED, "This is not a JWT");
    }
    if (parsed instanceof SignedJWT signed) {
      return signed;
    }
    throw new InvalidTokenException(Reason.ALGORITHM, "The token is not signed");
  }

  private static boolean signed(SignedJWT jwt, JWK key) {
    Base64URL signature = jwt.getSignature();
    if (!Base64URL.encode(signature.decode()).equals(signature)) {
      return false; // Another spelling of the same bytes: nobody who signs writes it so.
    }
    try {
      if (key instanceof OctetKeyPair ed25519) {
        return Ed25519.verify(ed25519, jwt.getSigningInput(), signature.decode());
      }
      return key instanceof AsymmetricJWK asymmetric
          && jwt.verify(
              new DefaultJWSVerifierFactory()
                  .createJWSVerifier(jwt.getHeader(), asymmetric.toPublicKey()));
    } catch (JOSEException | GeneralSecurityException | IllegalArgumentException e) {
      return false;
    }
  }

  private static JWTClaimsSet claims(SignedJWT jwt) {
    try {
      return jwt.getJWTClaimsSet();
    } catch (ParseException e) {
      throw new InvalidTokenException(Reason.MALFORMED, "The claims cannot be read");
    }
  }
}
