package dev.gatewright.e2e;

import com.sun.net.httpserver.HttpServer;
import dev.gatewright.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An application of someone else, on an origin of its own, that lets people log in at a server of
 * ours.
 */
final class OtherSite implements AutoCloseable {
  static final String CLIENT_ID = "other-site";

  /** RFC 7636, appendix B. */
  static final String CODE_VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

  private static final String CODE_CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

  private final HttpServer http;
  private final AtomicReference<URI> latest = new AtomicReference<>();

  private OtherSite(HttpServer http) {
    this.http = http;
    http.createContext(
        "/callback",
        exchange -> {
          latest.set(exchange.getRequestURI());
          byte[] body =
              "<!DOCTYPE html><html lang=en><title>Other site</title><link rel=icon href=data:,><h1>Back at the other site</h1>"
                  .getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    http.start();
  }

  static OtherSite open() {
    try {
      return new OtherSite(
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes a bootstrap file that registers this site as a client. */
  Path bootstrapFile(Path directory) {
    String registration =
        """
        clients:
          - client_id: %s
            client_name: Other site
            token_endpoint_auth_method: none
            grant_types: [authorization_code, refresh_token]
            redirect_uris: ["%s"]
            scope: openid profile email offline_access user:read
        """
            .formatted(CLIENT_ID, redirectUri());
    try {
      return Files.writeString(directory.resolve("bootstrap.yml"), registration);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where this site sends the browser to. */
  String authorizationUrl(TestServer server) {
    Map<String, String> parameters =
        Map.of(
            "response_type", "code",
            "client_id", CLIENT_ID,
            "redirect_uri", redirectUri(),
            "scope", "openid profile email offline_access user:read",
            "state", "s1",
            "code_challenge", CODE_CHALLENGE,
            "code_challenge_method", "S256");
    return server.uri("/oauth2/auth?")
        + parameters.entrySet().stream()
            .map(parameter ->
                parameter.getKey()
                    + "="
                    + URLEncoder.encode(parameter.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
  }

  /**
   * What the latest browser brought along, and so that the next one is not mistaken for it, forgets
   * it.
   */
  Map<String, String> brought() {
    URI callback = Objects.requireNonNull(latest.getAndSet(null), "Nobody came back");
    return Pattern.compile("&")
        .splitAsStream(callback.getRawQuery())
        .map(parameter -> parameter.split("=", 2))
        .collect(
            Collectors.toMap(
                parameter -> parameter[0],
                parameter -> URLDecoder.decode(parameter[1], StandardCharsets.UTF_8)));
  }

  /** The address of its page. */
  String redirectUri() {
    return "http://127.0.0.1:" + http.getAddress().getPort() + "/callback";
  }

  @Override
  public void close() {
    http.stop(0);
  }
}
