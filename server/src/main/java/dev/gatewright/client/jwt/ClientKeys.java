package dev.gatewright.client.jwt;

import dev.gatewright.client.Client;
import dev.gatewright.client.ClientOptions;
import dev.gatewright.key.PublicKeySet;
import jakarta.inject.Singleton;
import java.text.ParseException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Proves that a JWT is signed by a client: by a key of its {@code jwks}, or of what is at its
 * {@code jwks_uri}. May wait for the network: not for the event loop, nor within a transaction.
 */
@Singleton
public final class ClientKeys {
  private final RemoteKeySets remote;

  ClientKeys(RemoteKeySets remote) {
    this.remote = remote;
  }

  /**
   * The claims of a JWT that the client signed.
   *
   * @param onlyAlgorithm the one that the client is registered for; null: any that is verified here
   * @throws InvalidJwtException when that is not proven
   */
  public JwtClaims verify(Client client, PresentedJwt jwt, @Nullable String onlyAlgorithm)
      throws InvalidJwtException {
    if (onlyAlgorithm != null && !onlyAlgorithm.equals(jwt.algorithm())) {
      throw new InvalidJwtException(
          "the algorithm of the JWT is not the one that the client is registered for");
    }
    if (!isSignedBy(client.options(), jwt)) {
      throw new InvalidJwtException("no key of the client has signed the JWT");
    }
    return jwt.unverified();
  }

  private boolean isSignedBy(ClientOptions options, PresentedJwt jwt) throws InvalidJwtException {
    @Nullable Map<String, Object> registered = options.jwks();
    if (registered != null) {
      return parse(registered).verifies(jwt.jwt());
    }
    @Nullable String jwksUri = options.jwksUri();
    if (jwksUri == null) {
      throw new InvalidJwtException("the client is registered without keys");
    }
    PublicKeySet keys = remote.keys(jwksUri);
    if (keys.verifies(jwt.jwt())) {
      return true;
    }
    // OpenID Connect Core §10.1.1: a new key is told by a kid that is not known yet
    boolean mayBeNew = !jwt.namesKey() || !keys.mayHaveSigned(jwt.jwt());
    return mayBeNew && remote.newerKeys(jwksUri).verifies(jwt.jwt());
  }

  private static PublicKeySet parse(Map<String, Object> jwks) throws InvalidJwtException {
    try {
      return PublicKeySet.of(jwks);
    } catch (ParseException e) {
      throw new InvalidJwtException("the keys of the client are no JWK set");
    }
  }
}
