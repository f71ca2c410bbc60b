package dev.gatewright.grant;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.gatewright.key.JwtVerifier;
import dev.gatewright.settings.ServerSettings;
import jakarta.inject.Singleton;
import java.text.ParseException;
import java.util.Optional;

/**
 * Reads ID tokens that clients hand back to say whom they mean (OpenID Connect Core §3.1.2.1,
 * RP-Initiated Logout §2). They may have expired; but they must be this server's, and no other kind
 * of token.
 */
@Singleton
public class IdTokenHints {
  private final JwtVerifier verifier;
  private final String issuer;

  public IdTokenHints(JwtVerifier verifier, ServerSettings settings) {
    this.verifier = verifier;
    this.issuer = settings.issuer();
  }

  /** What the ID token says; empty for anything that is no ID token of this server. */
  public Optional<IdTokenHint> read(String idToken) {
    try {
      SignedJWT jwt = SignedJWT.parse(idToken);
      if (!JOSEObjectType.JWT.equals(jwt.getHeader().getType()) || !verifier.isOurs(jwt)) {
        return Optional.empty();
      }
      JWTClaimsSet claims = jwt.getJWTClaimsSet();
      return issuer.equals(claims.getIssuer())
              && claims.getSubject() != null
              && claims.getAudience().size() == 1
          ? Optional.of(
              new IdTokenHint(
                  claims.getSubject(), claims.getAudience(), claims.getStringClaim("sid")))
          : Optional.empty();
    } catch (ParseException | RuntimeException e) {
      return Optional.empty(); // nimbus answers some malformed tokens by other exceptions
    }
  }
}
