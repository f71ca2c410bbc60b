package dev.gatewright.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Page;
import dev.gatewright.TestServer;
import dev.gatewright.TestUsers;
import dev.gatewright.user.User;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A public client that is a script in a page of its own origin (OAuth 2.0 for Browser-Based
 * Applications). Only a browser tells what such a script is let read.
 */
class CrossOriginInBrowserTest {
  @TempDir static Path directory;

  private static Chromium chromium;
  private static OtherSite site;
  private static OtherSite stranger;
  private static TestServer server;

  @BeforeAll
  static void start() {
    chromium = Chromium.launch();
    site = OtherSite.open();
    stranger = OtherSite.open();
    server =
        TestServer.start(
            Map.of("gatewright.bootstrap-file", site.bootstrapFile(directory).toString()));
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
      site.close();
      stranger.close();
    }
    if (chromium != null) {
      chromium.close();
    }
  }

  @Test
  void scriptOfARegisteredOriginGetsTokensReadsClaimsAndRevokes() {
    User user = new TestUsers(server).user();
    try (Visit visit = chromium.visit()) {
      Page page = visit.page();
      page.navigate(site.authorizationUrl(server));
      Visit.logIn(page, user.username(), TestUsers.PASSWORD);
      Visit.press(page, "Allow");
      assertThat(page.getByText("Back at the other site")).isVisible();

      Map<String, String> redemption = redemption(site.brought().get("code"));
      Map<?, ?> metadata = (Map<?, ?>) fetch(page, "/.well-known/openid-configuration").get("body");
      assertEquals(server.issuer(), metadata.get("issuer"));
      Map<?, ?> tokens = (Map<?, ?>) post(page, "/oauth2/token", redemption).get("body");
      String accessToken = (String) tokens.get("access_token");
      Map<?, ?> claims = (Map<?, ?>) fetch(page, "/oauth2/userinfo", accessToken).get("body");
      assertEquals(user.id().toString(), claims.get("sub"));

      Map<String, String> revocation =
          Map.of("client_id", OtherSite.CLIENT_ID, "token", accessToken);
      assertEquals(200, post(page, "/oauth2/revoke", revocation).get("status"));
      Map<?, ?> refused = fetch(page, "/oauth2/userinfo", accessToken);
      assertEquals(401, refused.get("status"));
      assertEquals(
          "Bearer", ((String) refused.get("challenge")).substring(0, 6), "the header is shown");
      visit.expectRefusal(401);

      Map<?, ?> again = post(page, "/oauth2/token", redemption);
      assertEquals("invalid_grant", ((Map<?, ?>) again.get("body")).get("error"));
      visit.expectRefusal(400);
    }
  }

  @Test
  void scriptOfAnotherOriginReadsNothing() {
    try (Visit visit = chromium.visit()) {
      Page page = visit.page();
      page.navigate(stranger.redirectUri());
      for (Map<?, ?> answer :
          List.of(
              fetch(page, "/.well-known/openid-configuration"),
              fetch(page, "/oauth2/userinfo", "a-token"),
              post(page, "/oauth2/token", redemption("a-code")))) {
        assertEquals(Map.of("failed", "TypeError"), answer);
        visit.expectComplaint("has been blocked by CORS policy");
        visit.expectComplaint("net::ERR_FAILED");
      }
    }
  }

  @Test
  void noScriptOfAnyOtherOriginReadsPagesOrTheApi() {
    try (Visit visit = chromium.visit()) {
      Page page = visit.page();
      page.navigate(site.redirectUri());
      for (String path : List.of("/login", "/api/user", "/oauth2/auth?client_id=other-site")) {
        assertEquals(Map.of("failed", "TypeError"), fetch(page, path));
        visit.expectComplaint("has been blocked by CORS policy");
        visit.expectComplaint("net::ERR_FAILED");
      }
    }
  }

  private static Map<String, String> redemption(String code) {
    return Map.of(
        "grant_type",
        "authorization_code",
        "client_id",
        OtherSite.CLIENT_ID,
        "code",
        code,
        "code_verifier",
        OtherSite.CODE_VERIFIER,
        "redirect_uri",
        site.redirectUri());
  }

  private static Map<?, ?> fetch(Page page, String path) {
    return run(page, path, Map.of());
  }

  private static Map<?, ?> fetch(Page page, String path, String accessToken) {
    return run(page, path, Map.of("accessToken", accessToken));
  }

  private static Map<?, ?> post(Page page, String path, Map<String, String> form) {
    return run(page, path, Map.of("form", form));
  }

  /** The status, the challenge and the body that the script sees; or that the call failed. */
  private static Map<?, ?> run(Page page, String path, Map<String, Object> more) {
    Map<String, Object> call = new HashMap<>(more);
    call.put("url", server.issuer() + path);
    return (Map<?, ?>)
        page.evaluate(
            """
            async ({ url, form, accessToken }) => {
              try {
                const answer = await fetch(url, {
                  method: form ? 'POST' : 'GET',
                  body: form && new URLSearchParams(form),
                  headers: accessToken ? { Authorization: 'Bearer ' + accessToken } : {},
                });
                const text = await answer.text();
                return {
                  status: answer.status,
                  challenge: answer.headers.get('WWW-Authenticate'),
                  body: text && JSON.parse(text),
                };
              } catch (failure) {
                return { failed: failure.name };
              }
            }
            """,
            call);
  }
}
