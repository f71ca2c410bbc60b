package dev.gatewright.authorize;

import dev.gatewright.client.Client;
import dev.gatewright.client.Clients;
import dev.gatewright.client.RedirectUris;
import dev.gatewright.grant.ClaimsRequest;
import dev.gatewright.grant.ClaimsRequests;
import dev.gatewright.grant.IdTokenHint;
import dev.gatewright.grant.IdTokenHints;
import dev.gatewright.grant.ScopePolicy;
import dev.gatewright.grant.Targets;
import dev.gatewright.oauth.ErrorCode;
import dev.gatewright.oauth.GrantType;
import dev.gatewright.oauth.OAuthException;
import dev.gatewright.oauth.Pkce;
import dev.gatewright.oauth.Prompt;
import dev.gatewright.oauth.ResponseMode;
import dev.gatewright.oauth.Scopes;
import dev.gatewright.oauth.ServerScopes;
import jakarta.inject.Singleton;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The checks of an authorization request, in their order. {@link #client} and {@link #redirectUri}
 * come first: until they pass, an error is a page; afterwards it is a redirect (RFC 6749 §4.1.2.1).
 */
@Singleton
final class RequestChecks {
  private final Clients clients;
  private final ScopePolicy scopePolicy;
  private final Targets targets;
  private final IdTokenHints idTokenHints;
  private final ClaimsRequests claimsRequests;

  RequestChecks(
      Clients clients,
      ScopePolicy scopePolicy,
      Targets targets,
      IdTokenHints idTokenHints,
      ClaimsRequests claimsRequests) {
    this.clients = clients;
    this.scopePolicy = scopePolicy;
    this.targets = targets;
    this.idTokenHints = idTokenHints;
    this.claimsRequests = claimsRequests;
  }

  /** Proves the client. */
  Client client(Parameters parameters) {
    return parameters
        .single("client_id")
        .flatMap(clients::find)
        .orElseThrow(() ->
            new OAuthException(
                ErrorCode.INVALID_REQUEST, "The application that sent you here is not known"));
  }

  /**
   * Where the answer goes, whatever it will be. A response mode that is unknown is refused later,
   * in the query; the state goes back even with an error.
   */
  ReturnAddress returnAddress(Client client, Parameters parameters) {
    List<String> states = parameters.all("state");
    return new ReturnAddress(
        redirectUri(client, parameters),
        parameters.find("response_mode").flatMap(ResponseMode::of).orElse(ResponseMode.QUERY),
        states.size() == 1 ? states.getFirst() : null);
  }

  /**
   * Proves the redirect URI: the one sent must be registered; none may be sent when exactly one is,
   * unless {@code openid} is asked for (OpenID Connect Core §3.1.2.1).
   */
  private static String redirectUri(Client client, Parameters parameters) {
    Optional<String> sent = parameters.single("redirect_uri");
    if (sent.isEmpty() && client.redirectUris().size() == 1 && !asksForOpenId(parameters)) {
      return client.redirectUris().getFirst();
    }
    return sent.filter(uri -> RedirectUris.isRegistered(client, uri))
        .orElseThrow(() ->
            new OAuthException(
                ErrorCode.INVALID_REQUEST,
                "The application that sent you here asks to send you to an address that it has not"
                    + " registered"));
  }

  private static boolean asksForOpenId(Parameters parameters) {
    return parameters
        .find("scope")
        .filter(scope -> List.of(scope.split(" ")).contains(ServerScopes.OPENID))
        .isPresent();
  }

  /** All the rest; every refusal here goes to the client. */
  AuthorizationRequest rest(Client client, String redirectUri, Parameters parameters) {
    parameters.requireNoneRepeated();
    requireUnsupportedAbsent(parameters);
    ClaimsRequest claims = claimsRequests.read(parameters.get("claims"));
    requireResponseType(client, parameters);
    @Nullable String codeChallenge = codeChallenge(client, parameters);
    Scopes scopes = scopePolicy.requested(client, parameters.get("scope"));
    List<String> resources = parameters.all("resource");
    targets.check(client, resources);
    return new AuthorizationRequest(
        client,
        redirectUri,
        parameters.find("redirect_uri").isPresent(),
        scopes,
        resources,
        parameters.get("nonce"),
        codeChallenge,
        prompts(parameters),
        maxAge(client, parameters),
        hint(client, parameters),
        claims);
  }

  /** OpenID Connect Core §7.2.1, and response modes other than those of the code flow. */
  private static void requireUnsupportedAbsent(Parameters parameters) {
    if (parameters.find("registration").isPresent()) {
      throw new OAuthException(
          ErrorCode.REGISTRATION_NOT_SUPPORTED, "The parameter registration is not supported");
    }
    Optional<String> responseMode = parameters.find("response_mode");
    if (responseMode.isPresent() && responseMode.flatMap(ResponseMode::of).isEmpty()) {
      throw new OAuthException(
          ErrorCode.INVALID_REQUEST, "The response modes are query and form_post");
    }
  }

  private static void requireResponseType(Client client, Parameters parameters) {
    String responseType =
        parameters
            .find("response_type")
            .orElseThrow(() ->
                new OAuthException(
                    ErrorCode.INVALID_REQUEST, "The parameter response_type is missing"));
    if (!responseType.equals("code")) {
      throw new OAuthException(
          ErrorCode.UNSUPPORTED_RESPONSE_TYPE, "The only response type is code");
    }
    if (!client.mayUse(GrantType.AUTHORIZATION_CODE)) {
      throw new OAuthException(
          ErrorCode.UNAUTHORIZED_CLIENT,
          "This client is not registered for the grant type authorization_code");
    }
  }

  /**
   * RFC 7636 §4.4.1, OAuth 2.1 §4.1.1: S256 or nothing, and nothing only where the registration
   * excuses it.
   */
  private static @Nullable String codeChallenge(Client client, Parameters parameters) {
    @Nullable String challenge = parameters.get("code_challenge");
    @Nullable String method = parameters.get("code_challenge_method");
    if (challenge == null) {
      if (client.requirePkce() || method != null) {
        throw new OAuthException(
            ErrorCode.INVALID_REQUEST, "The parameter code_challenge is missing");
      }
      return null;
    }
    if (!Pkce.S256.equals(method)) {
      throw new OAuthException(ErrorCode.INVALID_REQUEST, "The code_challenge_method must be S256");
    }
    if (!Pkce.isChallenge(challenge)) {
      throw new OAuthException(
          ErrorCode.INVALID_REQUEST, "The code_challenge is not a SHA-256 in base64url");
    }
    return challenge;
  }

  private static Set<Prompt> prompts(Parameters parameters) {
    Set<Prompt> prompts = EnumSet.noneOf(Prompt.class);
    parameters
        .find("prompt")
        .map(value -> List.of(value.strip().split(" +")))
        .orElse(List.of())
        .forEach(word ->
            prompts.add(
                Prompt.of(word)
                    .orElseThrow(() ->
                        new OAuthException(
                            ErrorCode.INVALID_REQUEST,
                            "The parameter prompt has an unknown value"))));
    if (prompts.contains(Prompt.NONE) && prompts.size() > 1) {
      throw new OAuthException(ErrorCode.INVALID_REQUEST, "The prompt none stands alone");
    }
    return prompts;
  }

  /**
   * An ID token that cannot be read names nobody: who may not be asked is then not known to be
   * meant (OpenID Connect Core §3.1.2.1), and whoever may be asked is asked as usual.
   */
  private Optional<IdTokenHint> hint(Client client, Parameters parameters) {
    Optional<String> sent = parameters.find("id_token_hint");
    Optional<IdTokenHint> hint =
        sent.flatMap(idTokenHints::read)
            .filter(read -> read.audience().contains(client.clientId()));
    if (sent.isPresent() && hint.isEmpty() && prompts(parameters).contains(Prompt.NONE)) {
      throw new OAuthException(
          ErrorCode.LOGIN_REQUIRED, "The id_token_hint is no ID token that this client was given");
    }
    return hint;
  }

  /** The parameter, or what the client is registered for (OpenID Connect Registration §2). */
  private static @Nullable Long maxAge(Client client, Parameters parameters) {
    @Nullable String value = parameters.get("max_age");
    if (value == null) {
      @Nullable Integer registered = client.options().defaultMaxAge();
      return registered == null ? null : registered.longValue();
    }
    if (!value.matches("[0-9]{1,9}")) {
      throw new OAuthException(
          ErrorCode.INVALID_REQUEST, "The parameter max_age is not a number of seconds");
    }
    return Long.valueOf(value);
  }
}
