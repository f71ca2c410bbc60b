package dev.gatewright.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** The mock of docs/mock.md: it takes every operation's example, and answers with one. */
@SuppressWarnings("unchecked") // YAML knows maps and lists, and OpenAPI says which is where
class MockTest {
  @TempDir static Path folder;

  private static Process mock;
  private static String address;
  private static Map<String, Object> contract;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    Path prism = Need.prism();
    Path document = folder.resolve("openapi.yaml");
    try (InputStream in = MockTest.class.getResourceAsStream("/META-INF/openapi/openapi.yaml")) {
      Files.write(document, Objects.requireNonNull(in).readAllBytes());
    }
    contract = new Yaml().load(Files.readString(document));
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    address = "http://127.0.0.1:" + port;
    Path log = folder.resolve("prism.log");
    mock =
        new ProcessBuilder(
                prism.toString(), "mock", "-m", "false", "-p", "" + port, document.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    for (int tenths = 0; !Files.readString(log).contains("Prism is listening"); tenths++) {
      assertTrue(mock.isAlive() && tenths < 600, () -> "Prism does not start, see " + log);
      Thread.sleep(100);
    }
  }

  @AfterAll
  static void stop() throws InterruptedException {
    if (mock != null) {
      mock.descendants().forEach(ProcessHandle::destroy);
      mock.destroy();
      mock.waitFor(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void everyOperationAnswersItsExample() throws IOException, InterruptedException {
    List<String> wrong = new ArrayList<>();
    int operations = 0;
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (var path : map(contract.get("paths")).entrySet()) {
        for (var operation : map(path.getValue()).entrySet()) {
          if (operation.getKey().equals("parameters")) {
            continue;
          }
          Map<String, Object> body = map(operation.getValue());
          String expected =
              map(body.get("responses")).keySet().stream()
                  .filter(status -> status.startsWith("2") || status.startsWith("3"))
                  .findFirst()
                  .orElseThrow();
          HttpResponse<String> answer =
              client.send(
                  request(operation.getKey(), path.getKey(), body), BodyHandlers.ofString());
          operations++;
          if (!String.valueOf(answer.statusCode()).equals(expected)) {
            wrong.add(
                "%s %s: %d instead of %s, %s"
                    .formatted(
                        operation.getKey(),
                        path.getKey(),
                        answer.statusCode(),
                        expected,
                        answer.body()));
          }
        }
      }
    }
    assertEquals(List.of(), wrong);
    assertTrue(operations > 30, "Only " + operations);
  }

  @Test
  void anErrorIsAskedForByItsStatus() throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(URI.create(address + "/api/user"))
                  .header("Authorization", "Bearer any")
                  .header("Prefer", "code=401")
                  .build(),
              BodyHandlers.ofString());

      assertEquals(401, answer.statusCode());
      assertTrue(answer.headers().firstValue("WWW-Authenticate").isPresent());
    }
  }

  private static HttpRequest request(String method, String path, Map<String, Object> operation)
      throws JsonProcessingException {
    String url = path;
    for (Object reference : list(operation.get("parameters"))) {
      Map<String, Object> parameter = resolved(reference);
      String value = String.valueOf(parameter.get("example"));
      url = url.replace("{" + parameter.get("name") + "}", value);
      if ("query".equals(parameter.get("in")) && Boolean.TRUE.equals(parameter.get("required"))) {
        url += (url.contains("?") ? "&" : "?") + parameter.get("name") + "=" + encoded(value);
      }
    }
    boolean client =
        list(operation.get("security")).stream()
            .anyMatch(alternative -> map(alternative).containsKey("clientBasic"));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address + url))
            .header("Authorization", client ? "Basic eDp4" : "Bearer any");
    Optional<Map.Entry<String, Object>> content =
        map(resolved(operation.get("requestBody")).get("content")).entrySet().stream().findFirst();
    if (content.isEmpty()) {
      return request.method(method.toUpperCase(Locale.ROOT), BodyPublishers.noBody()).build();
    }
    String type = content.get().getKey();
    Object value = example(map(content.get().getValue()));
    return request
        .header("Content-Type", type)
        .method(
            method.toUpperCase(Locale.ROOT),
            BodyPublishers.ofString(
                type.endsWith("json")
                    ? new ObjectMapper().writeValueAsString(value)
                    : form(map(value))))
        .build();
  }

  /** The first example of a body, or what its schema's examples make together. */
  private static Object example(Map<String, Object> media) {
    if (media.containsKey("example")) {
      return media.get("example");
    }
    return map(media.get("examples")).values().stream()
        .findFirst()
        .map(first -> resolved(first).get("value"))
        .orElseGet(() -> ofSchema(resolved(media.get("schema"))));
  }

  private static Object ofSchema(Map<String, Object> schema) {
    for (String key : List.of("example", "default")) {
      if (schema.containsKey(key)) {
        return schema.get(key);
      }
    }
    return switch (String.valueOf(schema.get("type"))) {
      case "object" -> {
        Map<String, Object> value = new LinkedHashMap<>();
        for (Object required : list(schema.get("required"))) {
          String name = String.valueOf(required);
          value.put(name, ofSchema(resolved(map(schema.get("properties")).get(name))));
        }
        yield value;
      }
      case "array" -> List.of(ofSchema(resolved(schema.get("items"))));
      case "boolean" -> true;
      case "integer" -> 1;
      default -> schema.containsKey("enum") ? list(schema.get("enum")).getFirst() : "long enough";
    };
  }

  private static String form(Map<String, Object> fields) {
    return fields.entrySet().stream()
        .map(field -> field.getKey() + "=" + encoded(String.valueOf(field.getValue())))
        .collect(Collectors.joining("&"));
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  private static Map<String, Object> resolved(Object value) {
    Map<String, Object> found = map(value);
    while (found.get("$ref") instanceof String reference) {
      Map<String, Object> node = contract;
      for (String step : reference.substring(2).split("/")) {
        node = map(node.get(step.replace("~1", "/")));
      }
      found = node;
    }
    return found;
  }

  private static Map<String, Object> map(Object value) {
    return value == null ? Map.of() : (Map<String, Object>) value;
  }

  private static List<Object> list(Object value) {
    return value == null ? List.of() : (List<Object>) value;
  }
}
