package dev.gatewright.e2e;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.gatewright.Forms;
import dev.gatewright.Http;
import dev.gatewright.TestServer;
import dev.gatewright.Tokens;
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
  private final AtomicReference<String> page = new AtomicReference<>("");

  private OtherSite(HttpServer http) {
    this.http = http;
    http.createContext("/callback", exchange -> back(exchange, "Back at the other site"));
    http.createContext("/goodbye", exchange -> back(exchange, "Goodbye from the other site"));
    http.createContext("/page", exchange -> answer(exchange, page.get()));
    http.start();
  }

  private void back(HttpExchange exchange, String heading) throws IOException {
    latest.set(exchange.getRequestURI());
    answer(exchange, "<h1>" + heading + "</h1>");
  }

  private static void answer(HttpExchange exchange, String content) throws IOException {
    byte[] body =
        ("<!DOCTYPE html><html lang=en><title>Other site</title><link rel=icon href=data:,>"
                + content)
            .getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
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
            post_logout_redirect_uris: ["%s"]
            scope: openid profile email offline_access user:read
        """
            .formatted(CLIENT_ID, redirectUri(), url("/goodbye"));
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

  /** The ID token that it gets for the code which the latest browser brought. */
  String idToken(TestServer server) {
    Map<String, String> form =
        Map.of(
            "grant_type",
            "authorization_code",
            "client_id",
            CLIENT_ID,
            "code",
            Objects.requireNonNull(brought().get("code")),
            "redirect_uri",
            redirectUri(),
            "code_verifier",
            CODE_VERIFIER);
    return Tokens.of(new Http(server).form("/oauth2/token", form)).id();
  }

  /** What it asks for when somebody logs out there. */
  Map<String, String> logoutRequest(String idToken) {
    return Map.of(
        "client_id",
        CLIENT_ID,
        "id_token_hint",
        idToken,
        "post_logout_redirect_uri",
        url("/goodbye"),
        "state",
        "s2");
  }

  /** Where it sends the browser to when somebody logs out there. */
  String logoutUrl(TestServer server, String idToken) {
    return server.uri("/oauth2/logout?") + Forms.encode(logoutRequest(idToken).entrySet());
  }

  /** A page of its own with a form that posts the logout request; its button says "Leave". */
  String logoutForm(TestServer server, String idToken) {
    page.set(
        "<h1>Here</h1><form method=post action=\"%s\">%s<button>Leave</button></form>"
            .formatted(
                server.uri("/oauth2/logout"),
                logoutRequest(idToken).entrySet().stream()
                    .map(field ->
                        "<input type=hidden name=\"%s\" value=\"%s\">"
                            .formatted(field.getKey(), field.getValue()))
                    .collect(Collectors.joining())));
    return url("/page");
  }

  /** The address of its page. */
  String redirectUri() {
    return url("/callback");
  }

  private String url(String path) {
    return "http://127.0.0.1:" + http.getAddress().getPort() + path;
  }

  @Override
  public void close() {
    http.stop(0);
  }
}
