package dev.gatewright.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatewright.Forms;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/** What is done to a valid request so that it is no longer. */
final class Mischief {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** In the place of one value of a JSON body, as written. */
  private static final List<String> WRONG_VALUES =
      List.of(
          "null",
          "true",
          "0",
          "-1",
          "1.5",
          "\"\"",
          "\" \"",
          "[]",
          "{}",
          "[null]",
          "\"x\"",
          "{\"a\":1}",
          "[[\"a\"]]",
          "2147483648",
          "-9223372036854775809",
          "\"" + "x".repeat(5000) + "\"");

  /** The same, of what few parsers and databases like. */
  private static final List<String> WILD_VALUES =
      List.of(
          "\"\\u0000\"",
          "\"a\\u0000b\"",
          "\"\\ud800\"",
          "\"\\udc00\\ud800\"",
          "\"\\uffff\"",
          "1e400",
          "-1e400",
          "1e-400",
          "9".repeat(400),
          "0." + "1".repeat(2000),
          "1E+2147483647",
          "NaN",
          "-",
          "01",
          "'x'",
          "\"\\x\"",
          "\"\t\"",
          "\"e\u0301\u0301\u0301\"",
          "\"\\u202e\"",
          "\"" + "\ud83d\ude00".repeat(2000) + "\"",
          "\"" + "\ufdfa".repeat(100) + "\"",
          "[".repeat(3000) + "]".repeat(3000),
          "{\"a\":".repeat(3000) + "1" + "}".repeat(3000),
          "[" + "0,".repeat(20_000) + "0]",
          "\"' OR 1=1 -- \"",
          "\"${jndi:ldap://x}\"",
          "\"%00\"",
          "\"2025-02-30T99:99:99Z\"",
          "\"+1000000000-01-01T00:00:00Z\"",
          "\"http://[::1\"",
          "\"javascript:alert(1)\"",
          "\"https://a:b@c.example:99999/#\"");

  private static final List<String> WRONG_TYPES =
      List.of(
          "text/plain",
          "application/json",
          "application/x-www-form-urlencoded",
          "application/xml",
          "application/merge-patch+json",
          "multipart/form-data; boundary=x",
          "*/*",
          "x",
          "a/b/c",
          "application/json; charset=utf-16",
          "application/json; charset=nonsense",
          ";",
          "application/x-www-form-urlencoded; charset=iso-8859-1",
          "\u00e9/\u00e9");

  private static final List<String> WILD_QUERIES =
      List.of(
          "limit=-1",
          "limit=99999999999999999999",
          "limit=1e3",
          "limit=0x10",
          "limit=",
          "limit",
          "limit=1&limit=2",
          "cursor=%00",
          "cursor=%ff%fe",
          "cursor=%ED%A0%80",
          "cursor=a%0d%0ab",
          "=",
          "&&&",
          "%",
          "%zz=1",
          "a=%u0041",
          "client_id=a&client_id=b",
          "request=a.b.c",
          "id_token_hint=a.b.c",
          "claims=%7B",
          "claims=%5B%5D",
          "max_age=-1",
          "resource=%23",
          "prompt=none%20login",
          "a=" + "x".repeat(20_000),
          "a&".repeat(200) + "a",
          "state=%F0%9F%98%80&redirect_uri=%20",
          "response_mode=%E2%84%AB",
          "code_challenge=%2B");

  private static final List<String> WILD_HEADERS =
      List.of(
          "Accept: nothing/here",
          "Accept: ;;;",
          "Accept: */*;q=0",
          "Accept: text/html",
          "Content-Encoding: gzip",
          "Content-Encoding: br",
          "Content-Length: 0",
          "Range: bytes=0-0",
          "Origin: null",
          "Origin: http://evil.example",
          "Origin: \u00e9",
          "Host: evil.example",
          "Cookie: gatewright_session=x; gatewright_session=y; =; a",
          "Cookie: \u0001",
          "If-Match: *",
          "If-Match: \"1\", W/\"2\"",
          "If-Match: x",
          "If-None-Match: *",
          "If-Match: ",
          "X-HTTP-Method-Override: DELETE",
          "Expect: 100-continue",
          "Expect: tea",
          "Upgrade: h2c",
          "Authorization: Basic",
          "Authorization: Basic =",
          "Authorization: Basic gIA6gIA=",
          "Authorization: Bearer",
          "Authorization: Bearer a b",
          "Authorization: Digest x",
          "Authorization: Bearer " + "a".repeat(9000),
          "X-Long: " + "x".repeat(20_000),
          "Forwarded: for=\"[::1]:x\";proto=gopher",
          "X-Forwarded-For: 1, 2, \u0000",
          "Accept-Language: \ud83d\ude00",
          "Transfer-Encoding: gzip",
          "User-Agent: ",
          ": x",
          "x",
          "Content-Type: application/json",
          "Date: never",
          "TE: trailers",
          "Via: 1.1 x");

  private static final List<String> METHODS =
      List.of("HEAD", "OPTIONS", "TRACE", "PROPFIND", "get", "PUT", "CONNECT", "DELETE", "QUERY");

  private static final List<String> WILD_SEGMENTS =
      List.of(
          "%2e%2e",
          "..",
          "%00",
          "%2F",
          "a%5Cb",
          ";v=1",
          "%F0%9F%98%80",
          "%ED%A0%80",
          "%ff",
          "*",
          "a".repeat(3000),
          "%20",
          "null",
          "-1",
          "00000000-0000-0000-0000-000000000000",
          "{x}",
          "caf\u00e9",
          "'",
          "%27%20OR%201%3D1",
          "~",
          "%7E",
          "%0d%0aSet-Cookie:%20a=b");

  private final Random random;

  Mischief(Random random) {
    this.random = random;
  }

  /** One thing that the contract does not allow, or not together with the rest. */
  void spoil(Attempt attempt, List<Map.Entry<String, String>> query) {
    boolean isForm = attempt.headers.contains("Content-Type: " + Attempts.FORM);
    boolean isJson = !isForm && attempt.body.length > 0;
    switch (random.nextInt(6)) {
      case 0 -> {
        attempt.dropHeader("Content-Type");
        attempt.header("Content-Type", pick(WRONG_TYPES));
        attempt.twist = "another media type";
      }
      case 1 -> {
        attempt.dropHeader("Content-Type");
        attempt.twist = "no media type";
      }
      case 2 -> {
        query.add(Map.entry("limit", String.valueOf(random.nextInt(-2, 300))));
        attempt.twist = "another parameter";
      }
      default -> {
        if (isJson) {
          value(attempt, WRONG_VALUES);
        } else if (isForm) {
          formField(attempt);
        } else {
          query.add(Map.entry("unknown", "x"));
          attempt.twist = "an unknown parameter";
        }
      }
    }
  }

  /** Several things that nobody sends by mistake. */
  void runWild(Attempt attempt) {
    boolean hasBody = attempt.body.length > 0;
    for (int times = random.nextInt(1, 3); times > 0; times--) {
      switch (random.nextInt(hasBody ? 9 : 5)) {
        case 0 -> {
          attempt.headers.add(pick(WILD_HEADERS));
          attempt.twist += " a header";
        }
        case 1 -> {
          attempt.target += (attempt.target.contains("?") ? "&" : "?") + pick(WILD_QUERIES);
          attempt.twist += " a query";
        }
        case 2 -> {
          String[] path = attempt.target.split("\\?", 2);
          String changed = path[0].replaceFirst("[^/]*$", "") + pick(WILD_SEGMENTS);
          attempt.target = changed + (path.length > 1 ? "?" + path[1] : "");
          attempt.twist += " a path";
        }
        case 3 -> {
          attempt.method = pick(METHODS);
          attempt.twist += " a method";
        }
        case 4 -> {
          if (!hasBody) {
            attempt.body = noise();
            attempt.twist += " a body";
          }
        }
        default -> body(attempt);
      }
    }
  }

  private void body(Attempt attempt) {
    String text = new String(attempt.body, StandardCharsets.UTF_8);
    attempt.twist += " a body";
    switch (random.nextInt(11)) {
      case 0 -> attempt.body = noise();
      case 1 -> attempt.body(text.substring(0, random.nextInt(text.length() + 1)));
      case 2 -> attempt.body(text + text);
      case 3 -> attempt.body = text.getBytes(StandardCharsets.UTF_16);
      case 4 -> attempt.body("\ufeff" + text);
      case 5 -> attempt.body = gzip(attempt.body);
      case 6 -> attempt.body(pick(WILD_VALUES));
      case 7 -> attempt.body(text.replaceFirst("^\\{", "{\"a\":1,\"a\":2,"));
      case 8 -> attempt.body(" ".repeat(300_000));
      default -> {
        if (attempt.headers.contains("Content-Type: " + Attempts.FORM)) {
          formField(attempt);
        } else {
          value(attempt, WILD_VALUES);
        }
      }
    }
  }

  /** Another value, by its text, for one member of the object, wherever it is. */
  private void value(Attempt attempt, List<String> values) {
    try {
      JsonNode body = JSON.readTree(attempt.body);
      List<ObjectNode> objects = new ArrayList<>();
      collect(body, objects);
      objects.removeIf(JsonNode::isEmpty);
      if (objects.isEmpty()) {
        attempt.body(pick(values));
        return;
      }
      ObjectNode object = objects.get(random.nextInt(objects.size()));
      List<String> names = new ArrayList<>();
      object.fieldNames().forEachRemaining(names::add);
      String name = pick(names);
      String value = pick(values);
      if (random.nextInt(6) == 0) {
        object.remove(name);
        attempt.twist += " without " + name;
      } else {
        object.put(name, "\u2620");
        attempt.twist += " another " + name;
      }
      attempt.body(body.toString().replace("\"\u2620\"", value));
    } catch (JsonProcessingException e) {
      attempt.body(pick(values)); // it was spoilt before
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void collect(JsonNode node, List<ObjectNode> objects) {
    if (node instanceof ObjectNode object) {
      objects.add(object);
    }
    node.forEach(child -> collect(child, objects));
  }

  private void formField(Attempt attempt) {
    String form = new String(attempt.body, StandardCharsets.UTF_8);
    String field = form.split("&")[0];
    String name = field.replaceFirst("=.*", "");
    attempt.twist += " field " + name;
    attempt.body(
        switch (random.nextInt(10)) {
          case 0 -> form + "&" + field;
          case 1 -> form.replace(field, name + "=");
          case 2 -> form.replace(field, name);
          case 3 -> form.replace(field, name + "=%00");
          case 4 -> form.replace(field, name + "=%ff");
          case 5 -> form + "&a=%ED%A0%80";
          case 6 -> form + "&" + Forms.encode("\u212b\u0130\ufb01") + "=1";
          case 7 -> form.replace(field, name + "=" + "x".repeat(9000));
          case 8 -> form + "&x".repeat(500);
          default -> form + "&grant_type=refresh_token&token=%25&client_assertion=a.b.c&scope=%20";
        });
  }

  private byte[] noise() {
    byte[] noise = new byte[random.nextInt(1, 200)];
    random.nextBytes(noise);
    return noise;
  }

  private static byte[] gzip(byte[] body) {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
      gzip.write(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return zipped.toByteArray();
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
