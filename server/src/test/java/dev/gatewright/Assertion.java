package dev.gatewright;

import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A client assertion (RFC 7523 §3) that nothing is wrong with until a test changes it: for one use,
 * made for the token endpoint, good for a minute.
 */
public final class Assertion {
  public static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

  private final TestKey key;
  private final Map<String, Object> header = new LinkedHashMap<>();
  private final Map<String, Object> claims = new LinkedHashMap<>();

  public Assertion(TestServer server, String clientId, TestKey key) {
    this.key = key;
    Instant now = server.bean(Clock.class).instant();
    header.put("alg", key.alg());
    header.put("kid", key.kid());
    claims.put("iss", clientId);
    claims.put("sub", clientId);
    claims.put("aud", server.issuer() + "/oauth2/token");
    claims.put("iat", now.getEpochSecond());
    claims.put("exp", now.getEpochSecond() + 60);
    claims.put("jti", UUID.randomUUID().toString());
  }

  /** A claim of another value, or none (null). */
  public Assertion with(String claim, @Nullable Object value) {
    put(claims, claim, value);
    return this;
  }

  /** A member of the header of another value, or none (null). */
  public Assertion withHeader(String member, @Nullable Object value) {
    put(header, member, value);
    return this;
  }

  public Map<String, Object> claims() {
    return claims;
  }

  /** The JWT. */
  public String sign() {
    return key.sign(header, TestKey.json(claims));
  }

  /** A form with this assertion. */
  public Map<String, String> in(Map<String, String> form) {
    return in(form, sign());
  }

  /** A form with any assertion. */
  public static Map<String, String> in(Map<String, String> form, String assertion) {
    Map<String, String> sent = new LinkedHashMap<>(form);
    sent.put("client_assertion_type", TYPE);
    sent.put("client_assertion", assertion);
    return sent;
  }

  private static void put(Map<String, Object> members, String name, @Nullable Object value) {
    if (value == null) {
      members.remove(name);
    } else {
      members.put(name, value);
    }
  }
}
