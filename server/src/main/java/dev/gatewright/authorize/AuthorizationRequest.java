package dev.gatewright.authorize;

import dev.gatewright.client.Client;
import dev.gatewright.grant.ClaimsRequest;
import dev.gatewright.grant.IdTokenHint;
import dev.gatewright.oauth.Prompt;
import dev.gatewright.oauth.Scopes;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An authorization request that passed every check.
 *
 * @param redirectUriSent whether the request named its redirect URI
 * @param scopes what can be asked of any user
 * @param codeChallenge by S256; null for a client that is excused from PKCE
 * @param maxAge seconds since the login at most
 * @param hint the user whom the client means; empty when it does not say
 * @param claims what the parameter {@code claims} asks for
 */
record AuthorizationRequest(
    Client client,
    String redirectUri,
    boolean redirectUriSent,
    Scopes scopes,
    List<String> resources,
    @Nullable String nonce,
    @Nullable String codeChallenge,
    Set<Prompt> prompts,
    @Nullable Long maxAge,
    Optional<IdTokenHint> hint,
    ClaimsRequest claims) {
  boolean prompts(Prompt prompt) {
    return prompts.contains(prompt);
  }
}
