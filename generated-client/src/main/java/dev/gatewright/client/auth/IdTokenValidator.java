package dev.gatewright.client.auth;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.gatewright.client.error.InvalidTokenException;
import dev.gatewright.client.error.InvalidTokenException.Reason;
import dev.gatewright.client.jwt.SignedJwt;
import dev.gatewright.client.jwt.TokenTime;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.ParseException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether an ID token is about the login that we asked for (OpenID Connect Core §3.1.3.7)
 * or goes on from it (§12.2).
 */
record IdTokenValidator(Provider provider, String clientId, TokenTime time) {

  private static final Set<String> TYPES = Set.of("", "jwt");

  /** Validates the ID token that came with the redemption of a code. */
  void validateLogin(String idToken, String accessToken, AuthorizationRequest request) {
    JWTClaimsSet claims = validate(idToken, accessToken);
    if (!request.nonce().equals(text(claims, "nonce"))) {
      throw new InvalidTokenException(
          Reason.NONCE, "The ID token is not about the login that was asked for");
    }
    if (request.maxAge() != null) {
      Date authenticatedAt = date(claims, "auth_time");
      if (authenticatedAt == null
          || time.longerAgoThan(request.maxAge(), authenticatedAt.toInstant())) {
        throw new InvalidTokenException(
            Reason.AUTHENTICATION_TIME, "The login is older than max_age allows");
      }
    }
    time.check(claims);
  }

  /** Validates an ID token that came without an authorization request, and so without a nonce. */
  void validateUnasked(String idToken, String accessToken) {
    validateRefreshed(idToken, accessToken, Map.of());
  }

  /** Validates the ID token that came with a refresh against the claims of the one before. */
  void validateRefreshed(String idToken, String accessToken, Map<String, Object> before) {
    JWTClaimsSet claims = validate(idToken, accessToken);
    if (!before.isEmpty() && !String.valueOf(before.get("sub")).equals(claims.getSubject())) {
      throw new InvalidTokenException(
          Reason.SUBJECT, "The refreshed ID token is about another user");
    }
    String nonce = text(claims, "nonce");
    if (nonce != null && !nonce.equals(before.get("nonce"))) {
      throw new InvalidTokenException(
          Reason.NONCE, "The refreshed ID token is about another login");
    }
    time.check(claims);
  }

  private JWTClaimsSet validate(String idToken, String accessToken) {
    SignedJwt jwt = SignedJwt.verify(idToken, provider.keys(), provider.idTokenAlgorithms(), TYPES);
    JWTClaimsSet claims = jwt.claims();
    if (!provider.issuer().toString().equals(claims.getIssuer())) {
      throw new InvalidTokenException(Reason.ISSUER, "The ID token is of another issuer");
    }
    if (claims.getSubject() == null || claims.getSubject().isEmpty()) {
      throw new InvalidTokenException(Reason.CLAIMS, "The ID token lacks sub");
    }
    if (!claims.getAudience().contains(clientId)) {
      throw new InvalidTokenException(Reason.AUDIENCE, "The ID token is for another client");
    }
    String authorizedParty = text(claims, "azp");
    if (authorizedParty == null
        ? claims.getAudience().size() > 1
        : !authorizedParty.equals(clientId)) {
      throw new InvalidTokenException(
          Reason.AUTHORIZED_PARTY, "The ID token was issued to another client");
    }
    String accessTokenHash = text(claims, "at_hash");
    if (accessTokenHash != null
        && !accessTokenHash.equals(hash(accessToken, jwt.header().getAlgorithm()))) {
      throw new InvalidTokenException(
          Reason.ACCESS_TOKEN_HASH, "The ID token belongs to another access token");
    }
    return claims;
  }

  /**
   * The left half of the access token's hash, by the hash of the signature's algorithm (§3.1.3.6).
   */
  private static String hash(String accessToken, JWSAlgorithm algorithm) {
    String name = algorithm.getName();
    String bits = name.startsWith("Ed") ? "512" : name.substring(name.length() - 3);
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-" + bits)
              .digest(accessToken.getBytes(StandardCharsets.US_ASCII));
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(Arrays.copyOf(hash, hash.length / 2));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-2", e);
    }
  }

  private static @Nullable String text(JWTClaimsSet claims, String name) {
    try {
      return claims.getStringClaim(name);
    } catch (ParseException e) {
      throw new InvalidTokenException(Reason.CLAIMS, "The claim " + name + " is not a text");
    }
  }

  private static @Nullable Date date(JWTClaimsSet claims, String name) {
    try {
      return claims.getDateClaim(name);
    } catch (ParseException e) {
      throw new InvalidTokenException(Reason.CLAIMS, "The claim " + name + " is not a time");
    }
  }
}
