package dev.gatewright.benchmark.act;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A client that the benchmark's bootstrap file declares. */
public record Application(String clientId, String secret) {
  /** Where codes are sent; nothing listens there. */
  public static final String REDIRECT_URI = "http://127.0.0.1:9/callback";

  /** A machine whose access tokens are signed with ES256, and one with RS256. */
  public static final Application MACHINE_ES256 = declared("machine-es256");

  public static final Application MACHINE_RS256 = declared("machine-rs256");

  /** A web application that people log in to, and that keeps them logged in. */
  public static final Application WEB = declared("web");

  /** A resource server, which may introspect. */
  public static final Application RESOURCE_SERVER = declared("resource-server");

  /** The value of {@code Authorization} (RFC 6749 §2.3.1). */
  public String basic() {
    byte[] pair = (clientId + ":" + secret).getBytes(StandardCharsets.US_ASCII);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  private static Application declared(String clientId) {
    return new Application(clientId, "a-secret-of-the-benchmark-that-is-no-secret-000");
  }
}
