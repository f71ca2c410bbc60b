package dev.gatewright.bearer;

import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.gatewright.client.Clients;
import dev.gatewright.grant.Grants;
import dev.gatewright.grant.TokenIssuer;
import dev.gatewright.oauth.Scopes;
import dev.gatewright.oauth.ServerScopes;
import dev.gatewright.settings.ServerSettings;
import dev.gatewright.user.Users;
import io.micronaut.security.token.jwt.validator.JsonWebTokenParser;
import io.micronaut.security.token.jwt.validator.JsonWebTokenSignatureValidator;
import jakarta.inject.Singleton;
import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Verifies access tokens (RFC 9068 §4): signature, type, issuer, time; then whether the grant it
 * names, the token itself, its client or its user has ended. Reads the database: not for the event
 * loop.
 */
@Singleton
public class AccessTokens {
  private static final int LONGEST = 8192;

  private final JsonWebTokenParser<JWT> parser;
  private final JsonWebTokenSignatureValidator<SignedJWT> signatures;
  private final Grants grants;
  private final Clients clients;
  private final Users users;
  private final String issuer;
  private final Clock clock;

  public AccessTokens(
      JsonWebTokenParser<JWT> parser,
      JsonWebTokenSignatureValidator<SignedJWT> signatures,
      Grants grants,
      Clients clients,
      Users users,
      ServerSettings settings,
      Clock clock) {
    this.parser = parser;
    this.signatures = signatures;
    this.grants = grants;
    this.clients = clients;
    this.users = users;
    this.issuer = settings.issuer();
    this.clock = clock;
  }

  /** The access token if it is ours and alive, for whatever audience. */
  public AccessToken verify(String token) throws InvalidTokenException {
    AccessToken verified = read(token);
    requireAlive(verified);
    return verified;
  }

  /** As {@link #verify}, for this server's own API: {@code aud} must name the issuer. */
  public AccessToken verifyForThisServer(String token) throws InvalidTokenException {
    AccessToken verified = read(token);
    if (!verified.audience().contains(issuer)) {
      throw new InvalidTokenException("The access token is for another protected resource");
    }
    requireAlive(verified);
    return verified;
  }

  private AccessToken read(String token) throws InvalidTokenException {
    if (token.length() > LONGEST || !CompactJws.isCanonical(token)) {
      throw new InvalidTokenException("The access token is malformed");
    }
    Optional<JWT> parsed = parse(token);
    if (parsed.isEmpty()
        || !(parsed.get() instanceof SignedJWT jwt)
        || !signatures.validateSignature(jwt)) {
      throw new InvalidTokenException("The access token is malformed or not signed by this server");
    }
    try {
      return read(jwt.getJWTClaimsSet());
    } catch (ParseException | IllegalArgumentException e) {
      throw new InvalidTokenException("The access token is malformed");
    }
  }

  /**
   * Nimbus answers most malformed tokens by its own exception, but a header {@code null} by an NPE.
   */
  private Optional<JWT> parse(String token) {
    try {
      return parser.parse(token);
    } catch (RuntimeException e) {
      return Optional.empty();
    }
  }

  private AccessToken read(JWTClaimsSet claims) throws InvalidTokenException, ParseException {
    @Nullable Date expires = claims.getExpirationTime();
    @Nullable Date issued = claims.getIssueTime();
    @Nullable Date notBefore = claims.getNotBeforeTime();
    @Nullable String subject = claims.getSubject();
    @Nullable String clientId = claims.getStringClaim("client_id");
    @Nullable String jti = claims.getJWTID();
    @Nullable String grantId = claims.getStringClaim(TokenIssuer.GRANT_ID);
    if (!issuer.equals(claims.getIssuer())
        || expires == null
        || issued == null
        || subject == null
        || clientId == null
        || jti == null
        || (grantId == null && !subject.equals(clientId))) {
      throw new InvalidTokenException("The access token is not one of this server");
    }
    Instant now = clock.instant();
    if (!expires.toInstant().isAfter(now)) {
      throw new InvalidTokenException("The access token has expired");
    }
    if (notBefore != null && notBefore.toInstant().isAfter(now)) {
      throw new InvalidTokenException("The access token is not valid yet");
    }
    return new AccessToken(
        grantId == null ? null : UUID.fromString(subject),
        clientId,
        Scopes.parse(claims.getStringClaim("scope")),
        claims.getAudience(),
        grantId == null ? null : UUID.fromString(grantId),
        UUID.fromString(jti),
        issued.toInstant(),
        expires.toInstant());
  }

  private void requireAlive(AccessToken token) throws InvalidTokenException {
    boolean revoked = grants.isRevoked(token.jti()) || clients.find(token.clientId()).isEmpty();
    if (revoked || (token.grantId() != null && !isGranted(token, token.grantId()))) {
      throw new InvalidTokenException("The access token has been revoked");
    }
  }

  /** A user who is gone, and a role that was taken away, take their tokens with them at once. */
  private boolean isGranted(AccessToken token, UUID grantId) {
    return grants
        .live(grantId)
        .filter(grant -> grant.userId().equals(token.userId()))
        .flatMap(grant -> users.find(grant.userId()))
        .filter(user -> user.isAdministrator() || !isAdministrative(token))
        .isPresent();
  }

  private static boolean isAdministrative(AccessToken token) {
    return token.scopes().values().stream().anyMatch(ServerScopes.ADMINISTRATIVE::contains);
  }
}
