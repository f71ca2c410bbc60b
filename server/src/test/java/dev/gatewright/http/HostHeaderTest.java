package dev.gatewright.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatewright.ClientBuilder;
import dev.gatewright.RawHttp;
import dev.gatewright.TestClient;
import dev.gatewright.TestServer;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a request says of the host is never repeated: who the server is comes from its configuration
 * (RFC 8414 §2). Not even a trusted proxy is believed.
 */
class HostHeaderTest {
  private static final String[] PATHS = {
    "/",
    "/login",
    "/sign-up",
    "/account",
    "/logout",
    "/nothing-here",
    "/swagger-ui/",
    "/swagger-ui",
    "/openapi.json",
    "/api/user",
    "/oauth2/token",
    "/oauth2/auth",
    "/.well-known/openid-configuration",
    "/.well-known/oauth-authorization-server",
    "/.well-known/jwks.json",
    "/health"
  };

  private static TestServer server;
  private static TestClient client;

  @BeforeAll
  static void start() {
    server = TestServer.start(Map.of("gatewright.trusted-proxies", "127.0.0.0/8,::1"));
    client = ClientBuilder.web(server).register();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Forwarded-Host: evil.example",
        "X-Forwarded-Server: evil.example",
        "Forwarded: host=evil.example;proto=https",
        "X-Host: evil.example",
        "X-Original-Host: evil.example",
        "X-Original-URL: http://evil.example/",
        "X-Rewrite-URL: /evil.example",
        "X-Forwarded-Prefix: //evil.example",
        "X-Forwarded-For: evil.example",
        "X-Forwarded-Proto: evil.example://",
        "X-Forwarded-Port: 1@evil.example",
        "Origin: https://evil.example",
        "Referer: https://evil.example/"
      })
  void headersThatNameAnotherHostChangeNothing(String header) {
    for (String path : PATHS) {
      assertInnocent(path, RawHttp.get(server, path, header));
    }
    assertInnocent("authorization request", RawHttp.get(server, client.flow().path(), header));
  }

  @Test
  void hostItselfChangesNothing() {
    for (String path : PATHS) {
      assertInnocent(path, withHost(path, "evil.example"));
    }
    RawHttp.Reply login = withHost(client.flow().path(), "evil.example");
    assertInnocent("authorization request", login);
    assertTrue(login.header("Location").startsWith("/login?"), login.text());
  }

  /** RFC 9112 §3.2.2. */
  @Test
  void absoluteTargetChangesNothing() {
    for (String path : PATHS) {
      assertInnocent(
          path,
          RawHttp.send(
              server,
              "GET http://evil.example"
                  + path
                  + " HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"));
    }
  }

  /**
   * RFC 8414 §3.3, OpenID Connect Discovery §4.3: the issuer is what was configured, and all
   * endpoints are on it.
   */
  @Test
  void metadataNamesTheConfiguredIssuer() throws IOException {
    for (String document :
        new String[] {
          "/.well-known/openid-configuration", "/.well-known/oauth-authorization-server"
        }) {
      RawHttp.Reply reply =
          RawHttp.send(
              server,
              "GET "
                  + document
                  + " HTTP/1.0\r\nHost: evil.example\r\nX-Forwarded-Proto: https\r\n\r\n");
      var metadata = new ObjectMapper().readTree(reply.body());
      assertEquals(server.issuer(), metadata.get("issuer").asText());
      metadata
          .properties()
          .forEach(member -> {
            String name = member.getKey();
            if (name.endsWith("_endpoint") || name.endsWith("_uri")) {
              assertTrue(
                  member.getValue().asText().startsWith(server.issuer() + "/"), member.toString());
            }
          });
    }
  }

  private static RawHttp.Reply withHost(String path, String host) {
    return RawHttp.send(
        server, "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
  }

  private static void assertInnocent(String what, RawHttp.Reply reply) {
    assertTrue(reply.status() > 0 && reply.status() < 500, what + ": " + reply.text());
    assertFalse(reply.text().contains("evil.example"), what + ": " + reply.text());
  }
}
