package dev.gatewright.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentSecurityPolicyTest {

  private static final String PAGE =
      "default-src 'none'; style-src 'self'; img-src 'self'; frame-ancestors 'none'; base-uri"
          + " 'none'; form-action 'self'";

  @Test
  void pageAllowsItsOwnStylesImagesAndFormsAlone() {
    assertEquals(PAGE, ContentSecurityPolicy.page(null, null).value());
  }

  @Test
  void theLogoOfAClientComesFromItsHostAlone() {
    assertEquals(
        PAGE.replace("img-src 'self'", "img-src 'self' https://logo.example"),
        ContentSecurityPolicy.page(null, "https://logo.example/logo.png").value());
    assertEquals(PAGE, ContentSecurityPolicy.page(null, "data:image/png;base64,AA").value());
  }

  @Test
  void theFormThatPostsItselfHasOneScriptOfOurs() {
    assertEquals(
        PAGE.replace("default-src 'none';", "default-src 'none'; script-src 'self';")
            + " https://client.example",
        ContentSecurityPolicy.formPost("https://client.example/cb").value());
  }

  @Test
  void swaggerUiNeedsNoInlineScriptOrStyle() {
    assertFalse(ContentSecurityPolicy.SWAGGER_UI.value().contains("unsafe"));
  }

  @ParameterizedTest
  @CsvSource({
    "https://client.example/cb?x=1, https://client.example",
    "HTTPS://Client.Example:8443/cb, https://client.example:8443",
    "http://127.0.0.1:49152/cb, http://127.0.0.1:49152",
    "http://[::1]:49152/cb, http:",
    "com.example.app:/cb, com.example.app:",
    "com.example.app://host/cb, com.example.app:"
  })
  void formMayEndAtTheOriginOfTheRedirectUri(String redirectUri, String source) {
    assertEquals(PAGE + " " + source, ContentSecurityPolicy.page(redirectUri, null).value());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://client.example; script-src *",
        "https://client.example%0d%0aSet-Cookie:x=1/cb",
        "https://client.example\r\nX: y",
        "https://*/cb",
        "https://*.example/cb",
        "https://user@client.example/cb",
        "https://'unsafe-inline'/cb",
        "https:///cb",
        "//client.example/cb",
        "/cb",
        "",
        "javascript:alert(1)",
        "data:text/html,x",
        "blob:https://client.example/x"
      })
  void whatIsNoSafeSourceAddsNothing(String redirectUri) {
    assertEquals(PAGE, ContentSecurityPolicy.page(redirectUri, null).value());
  }
}
