package dev.gatewright.client;

import static dev.gatewright.client.ApplicationType.NATIVE;
import static dev.gatewright.client.ApplicationType.WEB;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedirectUrisTest {
  private static final String REGISTERED = "http://127.0.0.1:8765/callback";

  @ParameterizedTest
  @EnumSource(ApplicationType.class)
  void registeredUriIsAccepted(ApplicationType type) {
    assertTrue(
        RedirectUris.isRegistered(
            TestClients.client(type, "https://a.example/", REGISTERED), REGISTERED));
  }

  /** RFC 9700 §2.1, §4.1: the comparison is that of strings. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://evil.example/callback",
        "http://127.0.0.1:8765/callback/../evil",
        "http://127.0.0.1:8765@evil.example/callback",
        "http://127.0.0.1:8765/callback#x",
        "http://127.0.0.1:8765/callback/extra",
        "http://127.0.0.1:8765.evil.example/callback",
        "https://127.0.0.1:8765/callback",
        "http://127.0.0.1:8765/callback/",
        "http://127.0.0.1:8765/callback%0d%0aSet-Cookie:x=1",
        "http://evil.example\\@127.0.0.1:8765/callback",
        "http://127.0.0.1:8765\\@evil.example/callback",
        "javascript:alert(1)",
        "data:text/html,x",
        "http://127.0.0.1:8765/callback\0",
        "http://127.0.0.1:8765/*",
        "//evil.example/callback",
        " http://127.0.0.1:8765/callback",
        "\thttp://127.0.0.1:8765/callback",
        "http://127.0.0.1:8765/callback ",
        "http://127.0.0.1:8765/callback\n",
        "/callback",
        "",
        "http://127.0.0.1:8765/callback;x",
        "http://127.0.0.1:8765//callback",
        "http://127.0.0.1:8765/callback?x=y",
        "http://127.0.0.1:8765/CALLBACK",
        "HTTP://127.0.0.1:8765/callback",
        "http://127.0.0.1:8765/%63allback",
        "http://127.1:8765/callback",
        "http://2130706433:8765/callback",
        "http://localhost:8765/callback",
        "http://[::1]:8765/callback",
        "http://user@127.0.0.1:8765/callback",
        "http://127.0.0.1:87650000/callback",
        "http://127.0.0.1:0/callback",
        "http://127.0.0.1:65536/callback",
        "http://127.0.0.1:/callback",
        "http://127.0.0.1:+1/callback",
        "http://127.0.0.1:\u0661/callback",
        "http://127.0.0.2:8765/callback"
      })
  void anythingElseIsRefused(String requested) {
    assertFalse(RedirectUris.isRegistered(TestClients.client(WEB, REGISTERED), requested));
    assertFalse(RedirectUris.isRegistered(TestClients.client(NATIVE, REGISTERED), requested));
  }

  /** RFC 8252 §7.3. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:1/callback",
        "http://127.0.0.1:65535/callback",
        "http://127.0.0.1/callback"
      })
  void loopbackPortVariesForNativeClientsOnly(String requested) {
    assertTrue(RedirectUris.isRegistered(TestClients.client(NATIVE, REGISTERED), requested));
    assertFalse(RedirectUris.isRegistered(TestClients.client(WEB, REGISTERED), requested));
  }

  @Test
  void loopbackPortVariesForIpv6() {
    Client client = TestClients.client(NATIVE, "http://[::1]/callback?tenant=1");
    assertTrue(RedirectUris.isRegistered(client, "http://[::1]:4711/callback?tenant=1"));
    assertFalse(RedirectUris.isRegistered(client, "http://[::1]:4711/callback?tenant=2"));
    assertFalse(RedirectUris.isRegistered(client, "http://127.0.0.1:4711/callback?tenant=1"));
  }

  /** RFC 8252 §8.3: localhost is a name, not an address, and its port does not vary. */
  @Test
  void portOfLocalhostDoesNotVary() {
    assertFalse(
        RedirectUris.isRegistered(
            TestClients.client(NATIVE, "http://localhost:8765/callback"),
            "http://localhost:4711/callback"));
  }

  @Test
  void portOfOtherHostsDoesNotVary() {
    assertFalse(
        RedirectUris.isRegistered(
            TestClients.client(NATIVE, "https://a.example:8443/callback"),
            "https://a.example:8444/callback"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://a.example/callback",
        "https://a.example",
        "https://a.example:8443/callback?tenant=1",
        "http://localhost:8765/callback",
        "http://127.0.0.1:8765/callback",
        "http://[::1]:8765/callback"
      })
  void webClientMayRegister(String redirectUri) {
    assertEquals(Optional.empty(), RedirectUris.refusal(redirectUri, WEB));
    assertEquals(Optional.empty(), RedirectUris.refusal(redirectUri, NATIVE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"com.example.app:/callback", "com.example.app://login/callback"})
  void onlyNativeClientMayRegisterPrivateUseScheme(String redirectUri) {
    assertEquals(Optional.empty(), RedirectUris.refusal(redirectUri, NATIVE));
    assertTrue(RedirectUris.refusal(redirectUri, WEB).isPresent());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/callback",
        "//a.example/callback",
        "a.example/callback",
        "https:///callback",
        "https:callback",
        "https://",
        "http://a.example/callback",
        "http://127.0.0.1.evil.example/callback",
        "http://127.0.0.2/callback",
        "https://a.example/callback#fragment",
        "https://a.example/callback#",
        "https://user@a.example/callback",
        "https://user:password@a.example/callback",
        "https://@a.example/callback",
        "https://*.example/callback",
        "https://a.example/*",
        "https://a.example\\@b.example/callback",
        "https://a.example/call back",
        "https://a.example/callback\0",
        "https://a.example/callback\r\nSet-Cookie:x=1",
        "https://a.example/c\u00e4llback",
        "https://\u0430.example/callback",
        "https://a.example:0/callback",
        "https://a.example:65536/callback",
        "https://a.example:/callback",
        "https://a.example/a/../callback",
        "https://a.example/a/%2e%2E/callback",
        "https://a.example/./callback",
        "https://a.example/callback/..",
        "https://a.example/callback?code=x",
        "https://a.example/callback?x=1&state=x",
        "https://a.example/callback?iss",
        "https://a.example/%zz",
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "javascript://a.example/%0aalert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "vbscript:x",
        "blob:https://a.example/1",
        "about:blank",
        "ftp://a.example/callback",
        "myapp:/callback",
        "urn:ietf:wg:oauth:2.0:oob"
      })
  void nobodyMayRegister(String redirectUri) {
    assertTrue(RedirectUris.refusal(redirectUri, WEB).isPresent());
    assertTrue(RedirectUris.refusal(redirectUri, NATIVE).isPresent());
  }

  @Test
  void longUriIsRefused() {
    assertTrue(RedirectUris.refusal("https://a.example/" + "a".repeat(2000), WEB).isPresent());
  }
}
