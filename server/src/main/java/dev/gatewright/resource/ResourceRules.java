package dev.gatewright.resource;

import dev.gatewright.http.FieldError;
import dev.gatewright.key.SigningAlgorithm;
import dev.gatewright.oauth.Scopes;
import dev.gatewright.oauth.ServerScopes;
import dev.gatewright.oauth.TokenLifetime;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a protected resource must keep to. Collects every mistake, so that an operator mends them at
 * once.
 */
final class ResourceRules {
  private static final Pattern URI_CHARACTERS = Pattern.compile("[\\x21-\\x7E]+");
  private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\u2028\\u2029]");
  private static final int MAX_IDENTIFIER = 500;
  private static final int MAX_NAME = 100;
  private static final int MAX_DESCRIPTION = 200;
  private static final int MAX_SCOPES = 200;

  private final ResourceMetadata metadata;
  private final List<FieldError> errors = new ArrayList<>();

  private ResourceRules(ResourceMetadata metadata) {
    this.metadata = metadata;
  }

  /** The mistakes of complete metadata, by field; empty when there is none. */
  static List<FieldError> check(ResourceMetadata complete, String issuer) {
    var rules = new ResourceRules(complete);
    rules.identifier(issuer);
    rules.text("name", complete.name(), MAX_NAME);
    rules.scopes();
    rules.tokens();
    return List.copyOf(rules.errors);
  }

  private void identifier(String issuer) {
    String identifier = Objects.requireNonNullElse(metadata.identifier(), "");
    require(
        isAbsoluteUri(identifier) && identifier.length() <= MAX_IDENTIFIER,
        "identifier",
        "must be an absolute URI without fragment of at most "
            + MAX_IDENTIFIER
            + " characters (RFC 8707 section 2)");
    require(
        !identifier.equals(issuer),
        "identifier",
        "must not be the issuer: this server's own scopes are built in");
  }

  private static boolean isAbsoluteUri(String identifier) {
    if (!URI_CHARACTERS.matcher(identifier).matches() || identifier.indexOf('#') >= 0) {
      return false;
    }
    try {
      return new URI(identifier).isAbsolute();
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private void scopes() {
    List<ResourceScope> scopes = Objects.requireNonNullElse(metadata.scopes(), List.of());
    require(scopes.size() <= MAX_SCOPES, "scopes", "must be at most " + MAX_SCOPES);
    var seen = new HashSet<String>();
    for (ResourceScope scope : scopes) {
      scope(scope.scope(), seen);
      text("scopes", scope.description(), MAX_DESCRIPTION);
    }
  }

  private void scope(String name, Set<String> seen) {
    require(
        isScope(name) && name.length() <= MAX_NAME,
        "scopes",
        "must have names of 1 to "
            + MAX_NAME
            + " characters without spaces, quotes and backslashes (RFC 6749 section 3.3)");
    require(
        !ServerScopes.DESCRIPTIONS.containsKey(name),
        "scopes",
        "must not name a scope of this server: '" + name + "'");
    require(seen.add(name), "scopes", "must not name a scope twice: '" + name + "'");
  }

  private static boolean isScope(String name) {
    try {
      return Scopes.of(List.of(name)).contains(name);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private void tokens() {
    @Nullable Integer lifetime = metadata.accessTokenLifetime();
    require(
        lifetime == null
            || (lifetime >= TokenLifetime.SHORTEST && lifetime <= TokenLifetime.LONGEST),
        "access_token_lifetime",
        "must be from " + TokenLifetime.SHORTEST + " to " + TokenLifetime.LONGEST + " seconds");
    @Nullable String alg = metadata.accessTokenSignedResponseAlg();
    require(
        alg == null || SigningAlgorithm.names().contains(alg),
        "access_token_signed_response_alg",
        "must be one of " + String.join(", ", SigningAlgorithm.names()));
  }

  private void text(String field, @Nullable String text, int most) {
    require(
        text != null && !text.isBlank() && text.length() <= most && !INVISIBLE.matcher(text).find(),
        field,
        (field.equals("scopes") ? "must have descriptions of" : "must be")
            + " 1 to "
            + most
            + " visible characters");
  }

  private void require(boolean kept, String field, String message) {
    if (!kept) {
      errors.add(new FieldError(field, message));
    }
  }
}
