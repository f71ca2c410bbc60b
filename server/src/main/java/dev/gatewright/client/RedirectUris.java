package dev.gatewright.client;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which redirect URIs a client may register, and which it may then ask for (OAuth 2.1 §2.3, RFC
 * 9700 §2.1).
 */
public final class RedirectUris {
  private static final int MAX_LENGTH = 2000;
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "[::1]", "localhost");

  /** http on a loopback IP literal: host, port, and all that follows. */
  private static final Pattern LOOPBACK_LITERAL =
      Pattern.compile(
          "http://(127\\.0\\.0\\.1|\\[::1])(?::([0-9]{1,5}))?((?:[/?][\\x21-\\x7E]*)?)");

  private static final Pattern URI_CHARACTERS =
      Pattern.compile("[\\x21-\\x7E&&[^\\\\*\"<>^`{|}]]+");
  private static final Pattern DOT_SEGMENT = Pattern.compile("(?i)/(?:\\.|%2e){1,2}(?:/|\\?|$)");
  private static final Pattern ANSWER_PARAMETER =
      Pattern.compile(
          "(?:^|&)(?:code|state|iss|error|error_description|error_uri|response)(?:=|&|$)");

  private RedirectUris() {}

  /**
   * Whether a client registered the redirect URI: the same string, character by character. Only for
   * a native client may the port of a loopback IP literal differ, for it cannot choose which one is
   * free (RFC 8252 §7.3).
   */
  public static boolean isRegistered(Client client, String redirectUri) {
    if (client.redirectUris().contains(redirectUri)) {
      return true;
    }
    return client.applicationType() == ApplicationType.NATIVE
        && client.redirectUris().stream()
            .anyMatch(registered -> differOnlyInPort(registered, redirectUri));
  }

  private static boolean differOnlyInPort(String registered, String requested) {
    Matcher ours = LOOPBACK_LITERAL.matcher(registered);
    Matcher theirs = LOOPBACK_LITERAL.matcher(requested);
    return ours.matches()
        && theirs.matches()
        && isPort(theirs.group(2))
        && ours.group(1).equals(theirs.group(1))
        && ours.group(3).equals(theirs.group(3));
  }

  private static boolean isPort(@Nullable String digits) {
    return digits == null || isPort(Integer.parseInt(digits));
  }

  private static boolean isPort(int port) {
    return port >= 1 && port <= 65_535;
  }

  /**
   * Why a redirect URI cannot be registered, to follow the name of the field; empty when it can.
   *
   * <p>It is https, or http on a loopback host, or, for a native client, of a private-use scheme
   * that holds a dot (RFC 8252 §7.1), which {@code javascript}, {@code data} and {@code file} do
   * not.
   */
  static Optional<String> refusal(String redirectUri, ApplicationType applicationType) {
    if (redirectUri.length() > MAX_LENGTH) {
      return Optional.of("must not be longer than " + MAX_LENGTH + " characters");
    }
    if (!URI_CHARACTERS.matcher(redirectUri).matches()) {
      return Optional.of(
          "must hold only characters of a URI: no space, control character, backslash or wildcard");
    }
    if (redirectUri.indexOf('#') >= 0) {
      return Optional.of("must have no fragment (RFC 6749 section 3.1.2)");
    }
    try {
      return refusal(new URI(redirectUri), applicationType);
    } catch (URISyntaxException e) {
      return Optional.of("must be a URI");
    }
  }

  private static Optional<String> refusal(URI uri, ApplicationType applicationType) {
    if (!uri.isAbsolute()) {
      return Optional.of("must be absolute: scheme, host and path");
    }
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("https") && !scheme.equals("http")) {
      return refusalOfPrivateUseScheme(scheme, applicationType);
    }
    if (uri.getHost() == null || uri.getRawAuthority().endsWith(":") || !isPortOrNone(uri)) {
      return Optional.of("must name a host, and a port from 1 to 65535 or none");
    }
    if (uri.getRawUserInfo() != null) {
      return Optional.of("must have no user information before the host");
    }
    if (scheme.equals("http") && !LOOPBACK.contains(uri.getHost())) {
      return Optional.of("must be https; http is for 127.0.0.1, [::1] and localhost");
    }
    return refusalOfPathOrQuery(uri);
  }

  private static Optional<String> refusalOfPrivateUseScheme(
      String scheme, ApplicationType applicationType) {
    if (applicationType != ApplicationType.NATIVE) {
      return Optional.of("must be https, or http on a loopback host");
    }
    return scheme.contains(".")
        ? Optional.empty()
        : Optional.of(
            "must have a scheme of a reversed domain name, such as com.example.app (RFC 8252"
                + " section 7.1)");
  }

  private static Optional<String> refusalOfPathOrQuery(URI uri) {
    if (DOT_SEGMENT.matcher(uri.getRawPath()).find()) {
      return Optional.of("must have no '.' or '..' in its path");
    }
    if (uri.getRawQuery() != null && ANSWER_PARAMETER.matcher(uri.getRawQuery()).find()) {
      return Optional.of("must not hold a parameter of the answer, such as code, state or iss");
    }
    return Optional.empty();
  }

  private static boolean isPortOrNone(URI uri) {
    return uri.getPort() == -1 || isPort(uri.getPort());
  }
}
