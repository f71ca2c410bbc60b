package dev.gatewright.client;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import dev.gatewright.http.FieldError;
import dev.gatewright.key.SigningAlgorithm;
import java.net.URI;
import java.net.URISyntaxException;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What {@link ClientOptions} must keep to; the part of {@link ClientRules} that most never need.
 */
final class ClientOptionRules {
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "[::1]", "localhost");
  private static final int MAX_URI = 2000;
  private static final int MAX_URIS = 50;
  private static final int MAX_CONTACTS = 10;
  private static final int MAX_CONTACT = 254;
  private static final int MAX_ACR_VALUES = 10;
  private static final int MAX_ACR_VALUE = 200;
  private static final int MAX_KEYS = 20;
  private static final int MAX_KEY_SET = 32_768;
  private static final int LEAST_RSA_BITS = 2048;
  private static final int LONGEST = 31_536_000;

  private final ClientMetadata metadata;
  private final ClientOptions options;
  private final List<FieldError> errors = new ArrayList<>();

  private ClientOptionRules(ClientMetadata metadata) {
    this.metadata = metadata;
    this.options = metadata.options();
  }

  /** The mistakes of complete metadata, by field; empty when there is none. */
  static List<FieldError> check(ClientMetadata complete) {
    var rules = new ClientOptionRules(complete);
    rules.presentation();
    rules.keys();
    rules.algorithms();
    rules.requestObjects();
    rules.subject();
    rules.authentication();
    rules.logout();
    return List.copyOf(rules.errors);
  }

  private void presentation() {
    webUri("client_uri", options.clientUri());
    webUri("logo_uri", options.logoUri());
    webUri("policy_uri", options.policyUri());
    webUri("tos_uri", options.tosUri());
    require(
        options.contacts().size() <= MAX_CONTACTS
            && options.contacts().stream().allMatch(contact -> isText(contact, MAX_CONTACT)),
        "contacts",
        "must be at most 10 texts of 1 to 254 characters");
  }

  private void keys() {
    httpsUri("jwks_uri", options.jwksUri());
    require(
        options.jwks() == null || options.jwksUri() == null,
        "jwks",
        "must not stand beside jwks_uri (RFC 7591 section 2)");
    if (options.jwks() != null) {
      @Nullable String refusal = refusalOfKeys(options.jwks());
      require(refusal == null, "jwks", Objects.requireNonNullElse(refusal, ""));
    }
  }

  private static @Nullable String refusalOfKeys(Map<String, Object> jwks) {
    if (jwks.toString().length() > MAX_KEY_SET) {
      return "must not be longer than " + MAX_KEY_SET + " characters";
    }
    List<JWK> keys;
    try {
      keys = JWKSet.parse(jwks).getKeys();
    } catch (ParseException | IllegalArgumentException | ClassCastException e) {
      return "must be a JWK set (RFC 7517 section 5)";
    }
    if (keys.isEmpty() || keys.size() > MAX_KEYS) {
      return "must hold 1 to " + MAX_KEYS + " keys";
    }
    if (keys.stream().anyMatch(key -> key.isPrivate() || key.toPublicJWK() == null)) {
      return "must hold public keys only: neither private nor symmetric ones";
    }
    return keys.stream().anyMatch(key -> key instanceof RSAKey && key.size() < LEAST_RSA_BITS)
        ? "must hold no RSA key of less than " + LEAST_RSA_BITS + " bits"
        : null;
  }

  private void algorithms() {
    algorithm("token_endpoint_auth_signing_alg", options.tokenEndpointAuthSigningAlg());
    algorithm("request_object_signing_alg", options.requestObjectSigningAlg());
    algorithm("userinfo_signed_response_alg", options.userinfoSignedResponseAlg());
  }

  private void requestObjects() {
    atMost("request_uris", options.requestUris());
    options.requestUris().forEach(uri -> httpsUri("request_uris", withoutFragment(uri)));
  }

  /** OpenID Connect Core §6.2: the fragment may be a hash of the request object. */
  private static String withoutFragment(String requestUri) {
    int fragment = requestUri.indexOf('#');
    return fragment < 0 ? requestUri : requestUri.substring(0, fragment);
  }

  /** OpenID Connect Core §8.1: pairwise subjects of several hosts need somebody who joins them. */
  private void subject() {
    require(
        Set.of(ClientOptions.PUBLIC, ClientOptions.PAIRWISE).contains(options.subjectType()),
        "subject_type",
        "must be one of public, pairwise");
    httpsUri("sector_identifier_uri", options.sectorIdentifierUri());
    if (options.subjectType().equals(ClientOptions.PAIRWISE)
        && options.sectorIdentifierUri() == null) {
      require(
          redirectHosts().size() == 1,
          "sector_identifier_uri",
          "must be given when subject_type is pairwise and the redirect URIs are not all of one"
              + " host");
    }
  }

  private Set<String> redirectHosts() {
    return Objects.requireNonNullElse(metadata.redirectUris(), List.<String>of()).stream()
        .map(ClientOptionRules::hostOf)
        .collect(Collectors.toSet());
  }

  /** The host of a URI; the whole URI where an application on a device takes it. */
  static String hostOf(String uri) {
    try {
      return Objects.requireNonNullElse(new URI(uri).getHost(), uri).toLowerCase(Locale.ROOT);
    } catch (URISyntaxException e) {
      return uri; // refused by another rule
    }
  }

  private void authentication() {
    require(
        options.defaultMaxAge() == null
            || (options.defaultMaxAge() >= 0 && options.defaultMaxAge() <= LONGEST),
        "default_max_age",
        "must be from 0 to " + LONGEST + " seconds");
    require(
        options.defaultAcrValues().size() <= MAX_ACR_VALUES
            && options.defaultAcrValues().stream()
                .allMatch(value -> isText(value, MAX_ACR_VALUE) && value.indexOf(' ') < 0),
        "default_acr_values",
        "must be at most 10 words of 1 to 200 characters");
    webUri("initiate_login_uri", options.initiateLoginUri());
  }

  private void logout() {
    atMost("post_logout_redirect_uris", options.postLogoutRedirectUris());
    ApplicationType type =
        ApplicationType.of(metadata.applicationType()).orElse(ApplicationType.WEB);
    for (String uri : options.postLogoutRedirectUris()) {
      RedirectUris.refusal(uri, type)
          .ifPresent(why -> refuse("post_logout_redirect_uris", why + ": '" + uri + "'"));
    }
    httpsUri("backchannel_logout_uri", options.backchannelLogoutUri());
  }

  private void algorithm(String field, @Nullable String alg) {
    require(
        alg == null || SigningAlgorithm.of(alg).isPresent(),
        field,
        "must be one of " + String.join(", ", SigningAlgorithm.names()));
  }

  private void atMost(String field, List<String> uris) {
    require(uris.size() <= MAX_URIS, field, "must hold at most " + MAX_URIS + " URIs");
  }

  private void httpsUri(String field, @Nullable String value) {
    require(
        value == null || isUri(value, false),
        field,
        "must be an https URL with a host and without user information or fragment, at most "
            + MAX_URI
            + " characters");
  }

  private void webUri(String field, @Nullable String value) {
    require(
        value == null || isUri(value, true),
        field,
        "must be an https URL (http on a loopback host) without user information or fragment, at"
            + " most "
            + MAX_URI
            + " characters");
  }

  private static boolean isUri(String value, boolean httpOnLoopback) {
    if (value.length() > MAX_URI) {
      return false;
    }
    try {
      URI uri = new URI(value);
      @Nullable String host = uri.getHost();
      boolean allowed =
          "https".equalsIgnoreCase(uri.getScheme())
              || (httpOnLoopback
                  && "http".equalsIgnoreCase(uri.getScheme())
                  && host != null
                  && LOOPBACK.contains(host));
      return allowed
          && host != null
          && uri.getRawUserInfo() == null
          && uri.getRawFragment() == null;
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static boolean isText(String value, int longest) {
    return !value.isBlank()
        && value.length() <= longest
        && value.codePoints().noneMatch(Character::isISOControl);
  }

  private void require(boolean kept, String field, String message) {
    if (!kept) {
      refuse(field, message);
    }
  }

  private void refuse(String field, String message) {
    errors.add(new FieldError(field, message));
  }
}
