package dev.gatewright.bearer;

import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.gatewright.client.Client;
import dev.gatewright.client.Clients;
import dev.gatewright.grant.AccessGrant;
import dev.gatewright.grant.Grants;
import dev.gatewright.grant.LiveGrant;
import dev.gatewright.grant.PresentedTokens;
import dev.gatewright.grant.Subjects;
import dev.gatewright.grant.TokenIssuer;
import dev.gatewright.oauth.Scopes;
import dev.gatewright.oauth.ServerScopes;
import dev.gatewright.settings.ServerSettings;
import dev.gatewright.user.User;
import io.micronaut.security.token.jwt.validator.JsonWebTokenParser;
import io.micronaut.security.token.jwt.validator.JsonWebTokenSignatureValidator;
import jakarta.inject.Singleton;
import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.List;
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
  private final PresentedTokens presentedTokens;
  private final Grants grants;
  private final Clients clients;
  private final Subjects subjects;
  private final String issuer;
  private final Clock clock;

  public AccessTokens(
      JsonWebTokenParser<JWT> parser,
      JsonWebTokenSignatureValidator<SignedJWT> signatures,
      PresentedTokens presentedTokens,
      Grants grants,
      Clients clients,
      Subjects subjects,
      ServerSettings settings,
      Clock clock) {
    this.parser = parser;
    this.signatures = signatures;
    this.presentedTokens = presentedTokens;
    this.grants = grants;
    this.clients = clients;
    this.subjects = subjects;
    this.issuer = settings.issuer();
    this.clock = clock;
  }

  /** The access token if it is ours and alive, for whatever audience. */
  public AccessToken verify(String token) throws InvalidTokenException {
    return alive(read(token));
  }

  /** As {@link #verify}, for this server's own API: {@code aud} must name the issuer. */
  public AccessToken verifyForThisServer(String token) throws InvalidTokenException {
    Claims claims = read(token);
    if (!claims.audience().contains(issuer)) {
      throw new InvalidTokenException("The access token is for another protected resource");
    }
    return alive(claims);
  }

  private Claims read(String token) throws InvalidTokenException {
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

  private Claims read(JWTClaimsSet claims) throws InvalidTokenException, ParseException {
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
    return new Claims(
        subject,
        clientId,
        Scopes.parse(claims.getStringClaim("scope")),
        claims.getAudience(),
        grantId == null ? null : UUID.fromString(grantId),
        UUID.fromString(jti),
        issued.toInstant(),
        expires.toInstant());
  }

  private AccessToken alive(Claims claims) throws InvalidTokenException {
    Client client = clients.find(claims.clientId()).orElseThrow(AccessTokens::revoked);
    @Nullable UUID grantId = claims.grantId();
    if (grantId == null) {
      if (grants.isRevoked(claims.jti())) {
        throw revoked();
      }
      return accessToken(claims, null, null);
    }
    LiveGrant live = granted(claims, client, grantId).orElseThrow(AccessTokens::revoked);
    return accessToken(claims, live.grant(), live.user());
  }

  private static AccessToken accessToken(
      Claims claims, @Nullable AccessGrant grant, @Nullable User user) {
    return new AccessToken(
        claims.subject(),
        claims.clientId(),
        claims.scopes(),
        claims.audience(),
        grant,
        user,
        claims.jti(),
        claims.issuedAt(),
        claims.expiresAt());
  }

  /** A user who is gone, and a role that was taken away, take their tokens with them at once. */
  private Optional<LiveGrant> granted(Claims claims, Client client, UUID grantId) {
    return presentedTokens
        .grantOf(grantId, claims.jti())
        .filter(live -> subjects.of(client, live.grant().userId()).equals(claims.subject()))
        .filter(live -> live.user().isAdministrator() || !isAdministrative(claims.scopes()));
  }

  private static boolean isAdministrative(Scopes scopes) {
    return scopes.values().stream().anyMatch(ServerScopes.ADMINISTRATIVE::contains);
  }

  private static InvalidTokenException revoked() {
    return new InvalidTokenException("The access token has been revoked");
  }

  /** What the token says. */
  private record Claims(
      String subject,
      String clientId,
      Scopes scopes,
      List<String> audience,
      @Nullable UUID grantId,
      UUID jti,
      Instant issuedAt,
      Instant expiresAt) {}
}
