package dev.gatewright.grant;

import dev.gatewright.key.SigningAlgorithm;
import dev.gatewright.oauth.Scopes;
import java.util.List;

/**
 * What an access token will be good for.
 *
 * @param audience {@code aud}: identifiers of protected resources, or the issuer for this server's
 *     own API
 * @param scopes the scopes that mean something there
 * @param lifetime seconds
 * @param algorithm what signs it
 */
public record Target(
    List<String> audience, Scopes scopes, int lifetime, SigningAlgorithm algorithm) {}
