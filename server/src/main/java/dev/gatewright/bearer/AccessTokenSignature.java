package dev.gatewright.bearer;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.SignedJWT;
import dev.gatewright.grant.TokenIssuer;
import dev.gatewright.key.JwtVerifier;
import dev.gatewright.key.SigningAlgorithm;
import io.micronaut.security.token.jwt.signature.SignatureConfiguration;
import jakarta.inject.Singleton;

/**
 * Gives Micronaut Security our keys, and only for what says that it is an access token (RFC 9068
 * §4).
 */
@Singleton
final class AccessTokenSignature implements SignatureConfiguration {
  private static final JOSEObjectType ACCESS_TOKEN =
      new JOSEObjectType(TokenIssuer.ACCESS_TOKEN_TYPE);

  private final JwtVerifier verifier;

  AccessTokenSignature(JwtVerifier verifier) {
    this.verifier = verifier;
  }

  @Override
  public String supportedAlgorithmsMessage() {
    return "Only " + String.join(", ", SigningAlgorithm.names()) + " sign access tokens.";
  }

  @Override
  public boolean supports(JWSAlgorithm algorithm) {
    return SigningAlgorithm.of(algorithm.getName()).isPresent();
  }

  @Override
  public boolean verify(SignedJWT jwt) {
    return ACCESS_TOKEN.equals(jwt.getHeader().getType()) && verifier.isOurs(jwt);
  }
}
