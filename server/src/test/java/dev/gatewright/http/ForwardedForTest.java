package dev.gatewright.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatewright.Http;
import dev.gatewright.TestServer;
import dev.gatewright.TestUsers;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who is slowed down for guessing passwords, by what {@code X-Forwarded-For} says. */
class ForwardedForTest {
  private static final String FROM = "X-Forwarded-For";

  @Test
  void trustedProxySaysWhoseAttemptsAreCounted() {
    try (TestServer server = start("127.0.0.0/8,::1")) {
      assertEquals(401, logIn(server, FROM, "198.51.100.1"));
      assertEquals(401, logIn(server, FROM, "198.51.100.2"));
      assertEquals(429, logIn(server, FROM, "198.51.100.1"));
      assertEquals(429, logIn(server, FROM, "::ffff:198.51.100.1"));
      assertEquals(429, logIn(server, FROM, "6.6.6.6, 198.51.100.1"), "an invented address first");
      assertEquals(
          429, logIn(server, FROM, "6.6.6.6", FROM, "198.51.100.1"), "on a line of its own");
      assertEquals(401, logIn(server, FROM, "2001:db8:1:2::1"));
      assertEquals(429, logIn(server, FROM, "[2001:db8:1:2::2]:4711"), "one household");
    }
  }

  @Test
  void nobodyElseIsBelieved() {
    for (String trusted : new String[] {"", "192.0.2.1,10.0.0.0/8,2001:db8::/32"}) {
      try (TestServer server = start(trusted)) {
        assertEquals(401, logIn(server, FROM, "198.51.100.1"));
        assertEquals(429, logIn(server, FROM, "198.51.100.2"), "trusted: " + trusted);
      }
    }
  }

  /** The other ways to say it, which a proxy passes on as its client sent them. */
  @Test
  void noOtherHeaderIsBelieved() {
    try (TestServer server = start("127.0.0.0/8,::1")) {
      assertEquals(401, logIn(server));
      for (String header :
          new String[] {
            "Forwarded", "X-Real-IP", "X-Client-IP", "True-Client-IP", "CF-Connecting-IP"
          }) {
        String value = header.equals("Forwarded") ? "for=198.51.100.3" : "198.51.100.3";
        assertEquals(429, logIn(server, header, value), header);
      }
    }
  }

  private static TestServer start(String trustedProxies) {
    return TestServer.start(
        Map.of(
            "gatewright.trusted-proxies",
            trustedProxies,
            "gatewright.login-throttle.failures-per-address",
            1,
            "gatewright.login-throttle.refill-per-address",
            "1h"));
  }

  /** The status of a login of someone who does not exist. */
  private static int logIn(TestServer server, String... headers) {
    String body =
        "{\"login\":\"%s\",\"password\":\"wrong password\"}".formatted(TestUsers.freshName());
    return new Http(server).json("POST", "/api/login", body, headers).statusCode();
  }
}
