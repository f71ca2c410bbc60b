package dev.gatewright.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatewright.RawHttp;
import dev.gatewright.TestServer;
import dev.gatewright.TestUsers;
import dev.gatewright.user.User;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the cookies of a server on https look like (OWASP ASVS 5.0 §3.3). */
class CookieFlagsTest {

  @Test
  void cookiesOfAServerOnHttpsAreSecureAndBoundToItsHost() {
    try (TestServer server = TestServer.start(Map.of("gatewright.issuer", "https://id.example"))) {
      User user = new TestUsers(server).user();
      RawHttp.Reply page = RawHttp.get(server, "/login");
      String csrfCookie = assertFlags(page.header("Set-Cookie"), "__Host-gatewright_csrf");
      Matcher field =
          Pattern.compile("name=\"csrf_token\" value=\"([^\"]+)\"").matcher(page.body());
      assertTrue(field.find(), page.body());

      String body =
          "csrf_token="
              + field.group(1)
              + "&login="
              + user.username()
              + "&password="
              + URLEncoder.encode(TestUsers.PASSWORD, StandardCharsets.UTF_8);
      RawHttp.Reply login =
          RawHttp.send(
              server,
              "POST /login HTTP/1.1\r\nHost: id.example\r\nOrigin: https://id.example\r\nCookie: "
                  + csrfCookie
                  + "\r\n"
                  + "Content-Type: application/x-www-form-urlencoded\r\n"
                  + "Connection: close\r\n"
                  + "Content-Length: "
                  + body.length()
                  + "\r\n\r\n"
                  + body);
      assertEquals(303, login.status(), login.text());
      assertFlags(login.header("Set-Cookie"), "__Host-gatewright_session");
    }
  }

  /** Whether browsers use https is what the issuer says; a proxy may speak http to the server. */
  @Test
  void schemeOfTheIssuerDecidesWhateverAProxySays() {
    String https = "https://id.example";
    for (String issuer : new String[] {https, "http://localhost:8080"}) {
      Map<String, Object> configuration =
          Map.of("gatewright.issuer", issuer, "gatewright.trusted-proxies", "127.0.0.1,::1");
      try (TestServer server = TestServer.start(configuration)) {
        for (String header :
            new String[] {
              "X-Forwarded-Proto: http",
              "X-Forwarded-Proto: https",
              "X-Forwarded-Ssl: off",
              "Forwarded: proto=https;host=id.example",
              "X-Forwarded-Scheme: https"
            }) {
          String cookie = RawHttp.get(server, "/login", header).header("Set-Cookie");
          assertEquals(
              issuer.equals(https),
              cookie.startsWith("__Host-") && cookie.toLowerCase(Locale.ROOT).contains("; secure"),
              header + cookie);
        }
      }
    }
  }

  /** The cookie as name=value. */
  private static String assertFlags(String setCookie, String name) {
    assertTrue(setCookie.startsWith(name + "="), setCookie);
    String flags = setCookie.toLowerCase(Locale.ROOT);
    assertTrue(flags.contains("; secure"), setCookie);
    assertTrue(flags.contains("; httponly"), setCookie);
    assertTrue(flags.contains("; samesite=lax"), setCookie);
    assertTrue(flags.contains("; path=/"), setCookie);
    assertFalse(flags.contains("domain="), setCookie);
    return setCookie.substring(0, setCookie.indexOf(';'));
  }
}
