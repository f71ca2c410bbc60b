package dev.gatewright.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatewright.contract.Contract.Operation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The house style of the contract. Each test is a rule, and its message names every place that
 * breaks it.
 */
class ContractStyleTest {
  /** Errors there are pages. */
  private static final Set<String> FOR_BROWSERS = Set.of("/oauth2/auth", "/oauth2/logout");

  private static final String PROBLEM = "application/problem+json";

  private static final Set<String> LIMITS =
      Set.of("minLength", "maxLength", "minimum", "maximum", "pattern", "format");

  private static Contract contract;

  @BeforeAll
  static void read() throws IOException {
    contract = Contract.read();
  }

  @Test
  void theContractHasOperationsAndSchemas() {
    assertTrue(contract.operations().size() > 20);
    assertTrue(contract.schemas().size() > 20);
  }

  @Test
  void everyOperationIsNamedSummarisedAndDescribed() {
    List<String> findings = new ArrayList<>();
    Set<Object> ids = new HashSet<>();
    for (Operation operation : contract.operations()) {
      Map<String, Object> body = operation.body();
      check(
          findings,
          String.valueOf(body.get("operationId")).matches("[a-z][A-Za-z0-9]+"),
          operation,
          "operationId is not lowerCamelCase");
      check(findings, ids.add(body.get("operationId")), operation, "operationId is used twice");
      check(findings, hasText(body.get("summary")), operation, "has no summary");
      check(
          findings,
          !String.valueOf(body.get("summary")).endsWith("."),
          operation,
          "summary ends with a full stop");
      check(findings, hasText(body.get("description")), operation, "has no description");
    }
    assertNone(findings);
  }

  @Test
  void everyOperationHasOneTagThatTheContractIntroduces() {
    List<String> findings = new ArrayList<>();
    for (Operation operation : contract.operations()) {
      Collection<?> tags = (Collection<?>) operation.body().getOrDefault("tags", List.of());
      check(
          findings,
          tags.size() == 1 && contract.tags().containsAll(tags),
          operation,
          "has the tags " + tags);
    }
    assertNone(findings);
  }

  @Test
  void everyOperationSaysWhoMayCallIt() {
    List<String> findings = new ArrayList<>();
    for (Operation operation : contract.operations()) {
      check(
          findings,
          operation.body().containsKey("security"),
          operation,
          "does not state its security");
    }
    assertNone(findings);
  }

  @Test
  void everyScopeInUseIsDescribedAndEveryDescribedScopeOfAUserIsTheSame() {
    Map<String, Object> scopes = contract.scopes("authorizationCode");
    List<String> findings = new ArrayList<>();
    for (Operation operation : contract.operations()) {
      operation.securities().stream()
          .flatMap(
              security -> ((Collection<?>) security.getOrDefault("oauth2", List.of())).stream())
          .forEach(scope ->
              check(
                  findings,
                  hasText(scopes.get(scope)),
                  operation,
                  "needs the undescribed scope " + scope));
    }
    assertNone(findings);
    assertTrue(scopes.keySet().containsAll(contract.scopes("clientCredentials").keySet()));
  }

  @Test
  void whatNeedsAnAccessTokenStatesItsRefusals() {
    List<String> findings = new ArrayList<>();
    for (Operation operation : contract.operations()) {
      if (operation.needsAccessToken()) {
        for (String status : List.of("401", "403")) {
          Map<String, Object> response = contract.resolve(operation.responses().get(status));
          boolean challenges =
              Contract.map(response.get("headers")).containsKey("WWW-Authenticate");
          check(
              findings,
              challenges,
              operation,
              "does not state " + status + " with WWW-Authenticate");
        }
      }
    }
    assertNone(findings);
  }

  @Test
  void errorsOfTheApiAreProblemsAndErrorsOfOAuthAreOAuths() {
    List<String> findings = new ArrayList<>();
    for (Operation operation : contract.operations()) {
      operation
          .responses()
          .forEach((status, response) -> {
            Set<String> types = Contract.map(contract.resolve(response).get("content")).keySet();
            if (status.compareTo("400") >= 0 && operation.path().startsWith("/api/")) {
              check(
                  findings, types.equals(Set.of(PROBLEM)), operation, status + " is not a problem");
            } else if (status.compareTo("400") >= 0 && !FOR_BROWSERS.contains(operation.path())) {
              check(
                  findings,
                  types.equals(Set.of("application/json")),
                  operation,
                  status + " is not OAuth JSON");
            }
          });
    }
    assertNone(findings);
  }

  @Test
  void everyBodyHasALimitAndAMediaType() {
    List<String> findings = new ArrayList<>();
    for (Operation operation : contract.operations()) {
      if (operation.body().containsKey("requestBody")) {
        Set<String> stated = operation.responses().keySet();
        check(
            findings,
            stated.containsAll(Set.of("400", "413", "415")),
            operation,
            "does not state 400, 413 and 415");
      }
    }
    assertNone(findings);
  }

  @Test
  void whatLimitsAParameterStatesThatItMayBeWrong() {
    List<String> findings = new ArrayList<>();
    for (Operation operation : contract.operations()) {
      boolean limited =
          operation.parameters().stream()
              .map(parameter -> Contract.map(parameter.get("schema")))
              .anyMatch(schema -> !Collections.disjoint(schema.keySet(), LIMITS));
      check(
          findings,
          !limited || operation.responses().containsKey("400"),
          operation,
          "does not state 400");
    }
    assertNone(findings);
  }

  @Test
  void everyAnswerIsDescribedAndNamesItsCaching() {
    List<String> findings = new ArrayList<>();
    for (Operation operation : contract.operations()) {
      operation
          .responses()
          .forEach((status, response) -> {
            Map<String, Object> body = contract.resolve(response);
            check(
                findings,
                hasText(body.get("description")),
                operation,
                status + " is not described");
            boolean hasJson =
                Contract.map(body.get("content")).keySet().stream()
                    .anyMatch(type -> type.endsWith("json"));
            boolean caching = Contract.map(body.get("headers")).containsKey("Cache-Control");
            check(
                findings, !hasJson || caching, operation, status + " does not state Cache-Control");
          });
    }
    assertNone(findings);
  }

  /** Never the authorization endpoint, introspection or the API. */
  @Test
  void otherOriginsMayReadTokensClaimsAndMetadataAndTheirAnswersSaySo() {
    Set<String> open =
        Set.of(
            "POST /oauth2/token",
            "POST /oauth2/revoke",
            "GET /oauth2/userinfo",
            "POST /oauth2/userinfo",
            "GET /.well-known/openid-configuration",
            "GET /.well-known/oauth-authorization-server",
            "GET /.well-known/oauth-protected-resource",
            "GET /.well-known/jwks.json");
    List<String> findings = new ArrayList<>();
    for (Operation operation : contract.operations()) {
      boolean crossOrigin = Boolean.TRUE.equals(operation.body().get("x-cross-origin"));
      check(
          findings,
          crossOrigin == open.contains(operation.name()),
          operation,
          "x-cross-origin is " + crossOrigin);
      Map<String, Object> ok = contract.resolve(operation.responses().get("200"));
      Set<String> headers = Contract.map(ok.get("headers")).keySet();
      check(
          findings,
          crossOrigin == headers.containsAll(Set.of("Access-Control-Allow-Origin", "Vary")),
          operation,
          "does not state Access-Control-Allow-Origin and Vary, or is not x-cross-origin");
    }
    assertNone(findings);
  }

  @Test
  void noSchemaIsWrittenInline() {
    List<String> findings = new ArrayList<>();
    for (Operation operation : contract.operations()) {
      Map<String, Object> requestBody = contract.resolve(operation.body().get("requestBody"));
      checkContent(findings, operation, requestBody);
      operation
          .responses()
          .values()
          .forEach(response -> checkContent(findings, operation, contract.resolve(response)));
    }
    assertNone(findings);
  }

  @Test
  void parametersAreSnakeCaseDescribedAndExemplified() {
    List<String> findings = new ArrayList<>();
    for (Operation operation : contract.operations()) {
      for (Map<String, Object> reference : operation.parameters()) {
        Map<String, Object> parameter = contract.resolve(reference);
        String name = String.valueOf(parameter.get("name"));
        boolean header = "header".equals(parameter.get("in"));
        check(
            findings,
            header || name.matches("[a-z][a-z0-9_]*"),
            operation,
            name + " is not snake_case");
        check(
            findings, hasText(parameter.get("description")), operation, name + " is not described");
        check(findings, parameter.containsKey("example"), operation, name + " has no example");
      }
    }
    assertNone(findings);
  }

  @Test
  void propertiesAreSnakeCaseAndDescribed() {
    List<String> findings = new ArrayList<>();
    contract.eachProperty(property -> {
      String where = property.schema() + "." + property.name();
      if (!property.name().matches("[a-z][a-z0-9_]*")) {
        findings.add(where + " is not snake_case");
      }
      if (!property.body().containsKey("$ref") && !hasText(property.body().get("description"))) {
        findings.add(where + " is not described");
      }
    });
    assertNone(findings);
  }

  @Test
  void passwordsAreNeverReadBack() {
    List<String> findings = new ArrayList<>();
    contract.eachProperty(property -> {
      boolean password = "password".equals(property.body().get("format"));
      if (password && !Boolean.TRUE.equals(property.body().get("writeOnly"))) {
        findings.add(
            property.schema() + "." + property.name() + " is a password and not writeOnly");
      }
    });
    assertNone(findings);
  }

  @Test
  void everySchemaIsDescribedAndInUse() {
    List<String> findings = new ArrayList<>();
    contract
        .schemas()
        .forEach((name, schema) -> {
          if (!hasText(Contract.map(schema).get("description"))) {
            findings.add(name + " is not described");
          }
        });
    assertNone(findings);
  }

  @Test
  void listsArePagedByCursor() {
    List<String> findings = new ArrayList<>();
    for (Operation operation : contract.operations()) {
      if (String.valueOf(operation.body().get("operationId")).startsWith("list")) {
        List<Object> names =
            operation.parameters().stream()
                .map(contract::resolve)
                .map(parameter -> parameter.get("name"))
                .toList();
        check(
            findings,
            names.containsAll(List.of("limit", "cursor")),
            operation,
            "lists without limit and cursor");
      }
    }
    assertNone(findings);
  }

  private static void checkContent(
      List<String> findings, Operation operation, Map<String, Object> holder) {
    Contract.map(holder.get("content"))
        .forEach((type, content) -> {
          Map<String, Object> schema = Contract.map(Contract.map(content).get("schema"));
          boolean text = type.startsWith("text/");
          check(
              findings,
              text || schema.containsKey("$ref"),
              operation,
              type + " has an inline schema");
        });
  }

  private static void check(
      List<String> findings, boolean holds, Operation operation, String otherwise) {
    if (!holds) {
      findings.add(operation.name() + ": " + otherwise);
    }
  }

  private static boolean hasText(Object value) {
    return value instanceof String text && !text.isBlank();
  }

  private static void assertNone(List<String> findings) {
    assertEquals(List.of(), findings, "The contract breaks a rule of its style");
  }
}
