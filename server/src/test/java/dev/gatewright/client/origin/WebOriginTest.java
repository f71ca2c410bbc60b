package dev.gatewright.client.origin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Origins as browsers write them (RFC 6454 §4, §6.2). */
class WebOriginTest {

  @ParameterizedTest
  @CsvSource({
    "https://app.example/callback, https://app.example",
    "https://app.example, https://app.example",
    "HTTPS://App.Example:443/callback?x=y, https://app.example",
    "https://app.example:80/callback, https://app.example:80",
    "https://app.example:8443/, https://app.example:8443",
    "http://localhost:3000/callback, http://localhost:3000",
    "http://127.0.0.1:80/callback, http://127.0.0.1",
    "http://127.0.0.1:443/callback, http://127.0.0.1:443",
    "http://[::1]:3000/callback, http://[::1]:3000"
  })
  void originOfARedirectUriIsSchemeHostAndUnusualPort(String uri, String origin) {
    assertEquals(Optional.of(new WebOrigin(origin)), WebOrigin.ofUri(uri));
    assertEquals(Optional.of(new WebOrigin(origin)), WebOrigin.ofHeader(origin));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"com.example.app:/callback", "com.example.app://host/callback", "callback", ""})
  void privateUseSchemeHasNone(String uri) {
    assertEquals(Optional.empty(), WebOrigin.ofUri(uri));
  }

  @Test
  void hostThatIsTooLongForAnyNameHasNone() {
    String host = "a".repeat(300) + ".example";
    assertEquals(Optional.empty(), WebOrigin.ofUri("https://" + host + "/callback"));
    assertEquals(Optional.empty(), WebOrigin.ofHeader("https://" + host));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "*",
        "https://",
        "https://app.example/",
        "https://app.example/callback",
        "https://App.example",
        "https://user@app.example",
        "https://app.example:",
        "https://app.example:123456",
        "https://app.example https://app.example",
        "https://app.example\t",
        "https://app.example, https://app.example",
        "ftp://app.example",
        "file://",
        "chrome-extension://abcdef"
      })
  void headerThatIsNoSuchOriginNamesNone(String header) {
    assertEquals(Optional.empty(), WebOrigin.ofHeader(header));
    assertEquals(Optional.empty(), WebOrigin.ofHeader(null));
  }
}
