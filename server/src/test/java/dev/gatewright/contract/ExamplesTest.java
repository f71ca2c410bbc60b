package dev.gatewright.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatewright.Forms;
import dev.gatewright.Http;
import dev.gatewright.contract.ServedContract.Operation;
import dev.gatewright.http.ProblemType;
import dev.gatewright.oauth.ErrorCode;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every example of the contract is true: those of requests are sent, and accepted; those of answers
 * are such as the contract states and the server gives.
 */
class ExamplesTest {
  private static final ServedContract CONTRACT = ServedContract.get();

  /** Parameters that are there to be refused, unless the server is told otherwise. */
  private static final Set<String> REFUSED = Set.of("request", "request_uri", "registration");

  private static ExampleStage stage;

  @BeforeAll
  static void start() {
    stage = new ExampleStage();
  }

  @AfterAll
  static void stop() {
    stage.close();
  }

  @TestFactory
  Stream<DynamicTest> everyExampleOfABodyIsAccepted() {
    List<DynamicTest> tests = new ArrayList<>();
    for (Operation operation : CONTRACT.operations()) {
      JsonNode content = CONTRACT.resolve(operation.body().path("requestBody")).path("content");
      content
          .properties()
          .forEach(type ->
              bodies(type.getValue())
                  .forEach((name, body) ->
                      tests.add(
                          dynamicTest(
                              operation + " " + name,
                              () -> isAccepted(operation, type.getKey(), name, body)))));
    }
    assertTrue(tests.size() > 20);
    return tests.stream();
  }

  private static void isAccepted(
      Operation operation, String mediaType, String name, JsonNode body) {
    HttpResponse<String> response = stage.send(operation, mediaType, name, body);
    assertTrue(response.statusCode() < 400, () -> response.statusCode() + " " + response.body());
    assertFalse(Http.header(response, "Location").contains("error="), response.toString());
    if (operation.id().equals("introspectToken")) {
      assertTrue(Http.json(response.body()).get("active").asBoolean(), response.body());
    }
  }

  @TestFactory
  Stream<DynamicTest> everyExampleOfAParameterIsUnderstood() {
    List<DynamicTest> tests = new ArrayList<>();
    for (Operation operation : CONTRACT.operations()) {
      for (JsonNode parameter : parameters(operation)) {
        tests.add(
            dynamicTest(
                operation + " " + parameter.get("name").asText(),
                () -> isUnderstood(operation, parameter)));
      }
    }
    assertTrue(tests.size() > 40);
    return tests.stream();
  }

  private static void isUnderstood(Operation operation, JsonNode parameter) {
    String name = parameter.get("name").asText();
    assertTrue(parameter.has("example"), "It has no example");
    String value = text(parameter.get("example"));
    HttpResponse<String> response = stage.ask(operation, parameter.get("in").asText(), name, value);
    if (REFUSED.contains(name)) {
      return; // as the contract says of it
    }
    String location = Http.header(response, "Location");
    assertFalse(location.contains("error=") && !location.contains("login_required"), location);
    // what the example names need not be there, nor be as it was
    assertTrue(
        response.statusCode() < 400 || Set.of(404, 412).contains(response.statusCode()),
        () -> response.statusCode() + " " + response.body());
  }

  @Test
  void everyExampleOfAnAnswerIsAsTheContractStates() {
    List<String> findings = new ArrayList<>();
    int compared = 0;
    for (Operation operation : CONTRACT.operations()) {
      for (Map.Entry<String, JsonNode> stated : operation.body().get("responses").properties()) {
        int status = Integer.parseInt(stated.getKey());
        JsonNode response = CONTRACT.resolve(stated.getValue());
        for (Map.Entry<String, JsonNode> type : response.path("content").properties()) {
          for (JsonNode body : bodies(type.getValue()).values()) {
            compared++;
            findings.addAll(findings(operation, status, response, type.getKey(), body));
          }
        }
      }
    }
    assertEquals(List.of(), findings);
    assertTrue(compared > 200);
  }

  /** What the contract's own check of exchanges would find if the server answered so. */
  private static List<String> findings(
      Operation operation, int status, JsonNode response, String mediaType, JsonNode body) {
    HttpHeaders headers = new DefaultHttpHeaders();
    headers.add("Content-Type", mediaType);
    response
        .path("headers")
        .properties()
        .forEach(header -> {
          JsonNode example = CONTRACT.resolve(header.getValue()).path("example");
          headers.add(header.getKey(), example.asText());
        });
    String text = body.isTextual() && !mediaType.endsWith("json") ? body.asText() : body.toString();
    Exchange exchange =
        new Exchange(
            true,
            operation.method(),
            operation.template().replaceAll("\\{[^}]+}", "x"),
            new DefaultHttpHeaders(),
            new byte[0],
            status,
            headers,
            text.getBytes(StandardCharsets.UTF_8));
    List<String> findings = new ArrayList<>(ContractCheck.shared().findings(exchange));
    findings.removeIf(finding -> finding.contains("it was served, though"));
    return findings;
  }

  @Test
  void everyErrorOfAnExampleIsOneThatTheServerKnows() {
    for (Operation operation : CONTRACT.operations()) {
      operation
          .body()
          .get("responses")
          .properties()
          .forEach(stated ->
              CONTRACT
                  .resolve(stated.getValue())
                  .path("content")
                  .forEach(type ->
                      bodies(type)
                          .values()
                          .forEach(body -> isKnown(operation, stated.getKey(), body))));
    }
  }

  private static void isKnown(Operation operation, String status, JsonNode body) {
    if (body.path("type").asText().startsWith("urn:gatewright:problem:")) {
      ProblemType type =
          Arrays.stream(ProblemType.values())
              .filter(each -> each.urn().equals(body.get("type").asText()))
              .findFirst()
              .orElseThrow();
      assertEquals(type.title(), body.get("title").asText(), operation::toString);
      assertEquals(type.status(), body.get("status").asInt(), operation::toString);
      assertEquals(status, body.get("status").asText(), operation::toString);
    } else if (body.has("error")) {
      assertTrue(
          Arrays.stream(ErrorCode.values())
              .anyMatch(code -> code.code().equals(body.get("error").asText())),
          () -> operation + " " + body);
    }
  }

  /** Refusals are easily had of every operation; an example shows the members that they have. */
  @TestFactory
  Stream<DynamicTest> examplesOfRefusalsHaveTheMembersOfRealOnes() {
    return CONTRACT.operations().stream()
        .filter(operation -> !operation.id().startsWith("authorize"))
        .map(operation -> dynamicTest(operation.toString(), () -> sameMembers(operation)));
  }

  private static void sameMembers(Operation operation) {
    for (HttpResponse<String> response : stage.refusals(operation)) {
      String type = Http.header(response, "Content-Type").replaceFirst(";.*", "");
      if (response.statusCode() < 400 || !type.endsWith("json")) {
        continue;
      }
      JsonNode stated =
          CONTRACT.response(operation, response.statusCode()).orElseThrow().path("content");
      Set<String> members = members(Http.json(response.body()));
      bodies(stated.path(type))
          .forEach((name, example) -> {
            Set<String> shown = members(example);
            members.remove("errors"); // names fields, where there are some to be named
            shown.remove("errors");
            assertEquals(shown, members, operation + " " + response.statusCode() + " " + name);
          });
    }
  }

  private static Set<String> members(JsonNode object) {
    Set<String> members = new TreeSet<>();
    object.fieldNames().forEachRemaining(members::add);
    return members;
  }

  static List<JsonNode> parameters(Operation operation) {
    List<JsonNode> parameters = new ArrayList<>();
    for (JsonNode place : List.of(operation.item(), operation.body())) {
      place.path("parameters").forEach(each -> parameters.add(CONTRACT.resolve(each)));
    }
    return parameters;
  }

  private static String text(JsonNode example) {
    return example.isArray() ? example.get(0).asText() : example.asText();
  }

  /** The examples of a media type by name, which stand there or with its schema. */
  private static Map<String, JsonNode> bodies(JsonNode type) {
    Map<String, JsonNode> bodies = new TreeMap<>();
    type.path("examples")
        .properties()
        .forEach(each -> bodies.put(each.getKey(), CONTRACT.resolve(each.getValue()).get("value")));
    if (type.has("example")) {
      bodies.put("example", type.get("example"));
    }
    if (bodies.isEmpty() && type.has("schema")) {
      JsonNode example = CONTRACT.example(type.get("schema"));
      if (!example.isMissingNode()) {
        bodies.put("of its schema", example);
      }
    }
    return bodies;
  }

  /** As a form, for whoever reads one. */
  static String form(JsonNode body) {
    List<Map.Entry<String, String>> fields = new ArrayList<>();
    body.properties()
        .forEach(field -> {
          if (field.getValue().isArray()) {
            field.getValue().forEach(one -> fields.add(Map.entry(field.getKey(), one.asText())));
          } else {
            fields.add(Map.entry(field.getKey(), field.getValue().asText()));
          }
        });
    return Forms.encode(fields);
  }
}
