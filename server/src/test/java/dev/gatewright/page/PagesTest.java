package dev.gatewright.page;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micronaut.http.HttpStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PagesTest {

  private static final String HOSTILE = "<script>alert('1')</script>\" onfocus=\"alert(2)";
  private static final PendingRequest REQUEST =
      new PendingRequest("urn:ietf:params:oauth:request_uri:a+b&c", HOSTILE, HOSTILE);
  private static final Map<String, String> FIELDS =
      ProfilePage.LABELS.keySet().stream()
          .collect(Collectors.toMap(Function.identity(), field -> HOSTILE));
  private static final Pattern INLINE_SCRIPT =
      Pattern.compile("<script(?![^>]*\\ssrc=)|<style|<[^>]+\\s(on\\w+|style)=");

  private final Pages pages = new Pages();

  static List<Page> pagesWithHostileText() {
    return List.of(
        new AccountPage(HOSTILE, HOSTILE, true),
        new ProfilePage("token", "1", FIELDS, List.of(HOSTILE), FIELDS),
        new ConsentPage(
            "token",
            REQUEST,
            new ClientLinks(HOSTILE, HOSTILE, HOSTILE, HOSTILE),
            HOSTILE,
            List.of(new ScopeLine(HOSTILE, HOSTILE)),
            "https://client.example/cb"),
        new DeviceCodePage(HOSTILE, true),
        new DeviceConsentPage(
            "token",
            new PendingDevice(HOSTILE),
            HOSTILE,
            new ClientLinks(HOSTILE, HOSTILE, HOSTILE, HOSTILE),
            HOSTILE,
            List.of(new ScopeLine(HOSTILE, HOSTILE))),
        new DeviceDecidedPage(HOSTILE, true),
        new DeviceDecidedPage(HOSTILE, false),
        new ErrorPage(400, HOSTILE, HOSTILE, HOSTILE, HOSTILE),
        new FormPostPage("https://client.example/cb", Map.of(HOSTILE, HOSTILE)),
        new SelectAccountPage("token", REQUEST, HOSTILE),
        new HomePage(HOSTILE, HOSTILE, true),
        new HomePage(HOSTILE, null, true),
        new LoggedOutPage(),
        new LoginPage("token", REQUEST, HOSTILE, HOSTILE, true),
        new LoginPage("token", null, "", null, false),
        new LogoutPage("token", HOSTILE, HOSTILE, Map.of(HOSTILE, HOSTILE)),
        new SignUpPage(
            "token", REQUEST, HOSTILE, HOSTILE, Map.of("username", HOSTILE, "", HOSTILE), 8),
        new SessionsPage(
            "token",
            List.of(
                new SessionsPage.Line(
                    HOSTILE, HOSTILE, HOSTILE, Instant.EPOCH, Instant.EPOCH, true),
                new SessionsPage.Line(
                    HOSTILE, HOSTILE, HOSTILE, Instant.EPOCH, Instant.EPOCH, false)),
            true),
        new SwaggerUiPage("/a.css", "/a.js"));
  }

  @ParameterizedTest
  @MethodSource("pagesWithHostileText")
  void everyPageEscapesWhatItShowsAndHasNoInlineScriptOrStyle(Page page) {
    var html = html(page);

    assertFalse(html.contains("<script>alert"), html);
    assertFalse(INLINE_SCRIPT.matcher(html.replaceAll("\"[^\"]*\"", "\"\"")).find(), html);
    assertTrue(html.startsWith("<!DOCTYPE html>\n<html lang=\"en\">"), html);
  }

  @ParameterizedTest
  @MethodSource("pagesWithHostileText")
  void noPageIsCachedFramedOrSniffed(Page page) {
    var headers = pages.ok(page).getHeaders();

    assertEquals("no-store", headers.get("Cache-Control"));
    assertEquals("DENY", headers.get("X-Frame-Options"));
    assertEquals("nosniff", headers.get("X-Content-Type-Options"));
    assertEquals("same-origin", headers.get("Referrer-Policy"));
    assertEquals("text/html;charset=utf-8", headers.get("Content-Type"));
  }

  @Test
  void refusedLoginKeepsTheLoginAndTiesTheErrorToTheFields() {
    var html =
        html(new LoginPage("token", null, "ada", "The user name or password is wrong.", true));

    assertTrue(html.contains("value=\"ada\""), html);
    assertTrue(html.contains("role=\"alert\" id=\"error\""), html);
    assertEquals(2, html.split("aria-describedby=\"error\"", -1).length - 1, html);
    assertEquals(2, html.split("aria-invalid=\"true\"", -1).length - 1, html);
  }

  @Test
  void loginCarriesThePendingRequestInItsFormAndInItsLinkToSignUp() {
    var request =
        new PendingRequest("urn:ietf:params:oauth:request_uri:a+b&c", "photo", "Photo Album");
    var html = html(new LoginPage("token", request, "", null, true));

    assertTrue(
        html.contains("name=\"request_uri\" value=\"urn:ietf:params:oauth:request_uri:a+b&amp;c\""),
        html);
    assertTrue(html.contains("name=\"client_id\" value=\"photo\""), html);
    assertTrue(
        html.contains(
            "/sign-up?request_uri=urn%3Aietf%3Aparams%3Aoauth%3Arequest_uri%3Aa%2Bb%26c&amp;client_id=photo"),
        html);
  }

  @Test
  void loginAndSignUpCarryTheCodeOfADevice() {
    var device = new PendingDevice("WDJB-MJHT");
    var login = html(new LoginPage("token", device, "", null, true));
    var signUp = html(new SignUpPage("token", device, "", "", Map.of(), 8));

    for (var html : List.of(login, signUp)) {
      assertTrue(html.contains("name=\"user_code\" value=\"WDJB-MJHT\""), html);
      assertTrue(html.contains("to connect a device"), html);
    }
    assertTrue(login.contains("/sign-up?user_code=WDJB-MJHT"), login);
    assertTrue(signUp.contains("/login?user_code=WDJB-MJHT"), signUp);
  }

  @Test
  void consentIsTheFirstFormAndAllowItsFirstButton() {
    var html = html(consent("https://client.example/cb"));

    assertTrue(html.indexOf("action=\"/consent\"") < html.indexOf("value=\"allow\""), html);
    assertEquals(
        html.indexOf("<form"), html.indexOf("<form method=\"post\" action=\"/consent\""), html);
    assertEquals(
        html.indexOf("<button"),
        html.indexOf(
            "<button class=\"button primary\" type=\"submit\" name=\"decision\" value=\"allow\""),
        html);
  }

  @Test
  void consentNamesTheHostThatTheAnswerGoesTo() {
    assertEquals("client.example", consent("https://client.example/cb").redirectHost());
    assertNull(consent("http://127.0.0.1:9999/cb").redirectHost());
    assertNull(consent("com.example.app:/cb").redirectHost());
    assertNull(consent("com.example.app://client.example/cb").redirectHost());
  }

  @Test
  void formMayEndAtTheRedirectUri() {
    var page = new LoginPage("token", null, "", null, false);
    var response = pages.answer(HttpStatus.OK, page, "https://client.example/cb");

    assertEquals(
        ContentSecurityPolicy.page("https://client.example", null).value(),
        response.getHeaders().get("Content-Security-Policy"));
  }

  @Test
  void errorPageHasItsStatus() {
    var response =
        pages.error(new ErrorPage(404, "Not here", "There is no such page.", null, "id"));

    assertEquals(HttpStatus.NOT_FOUND, response.status());
  }

  private String html(Page page) {
    return requireNonNull(pages.ok(page).body());
  }

  private static ConsentPage consent(String redirectUri) {
    return new ConsentPage("token", REQUEST, ClientLinks.NONE, "ada", List.of(), redirectUri);
  }
}
