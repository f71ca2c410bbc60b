package dev.gatewright.codegen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.swagger.v3.core.util.Yaml;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnyOperationTest {
  private static final String CONTRACT =
      """
      openapi: 3.0.3
      x-any-operation:
        - below: [/api/login]
          responses: {"400": Refused}
        - below: [/api/]
          responses: {"400": Refused, "503": Busy}
      paths:
        /api/login:
          post:
            responses: {"200": {description: Fine}}
        /api/user:
          get:
            x-cross-origin: true
            responses: {"503": {description: Its own}, "200": {description: Fine}}
        /other:
          get:
            responses: {"200": {description: Fine}}
      components:
        responses:
          Refused:
            description: Refused
            headers: {Allow: {$ref: ./headers/Allow.yaml}}
            content: {application/json: {schema: {$ref: ./schemas/Problem.yaml}}}
          Busy: {description: Busy}
      """;

  private final OpenAPI contract = read();

  @Test
  void anOperationStatesItsOwnAnswersAndThoseOfTheFirstRuleThatFits() {
    assertEquals(List.of("200", "400"), List.copyOf(login().keySet()));
    assertEquals("#/components/responses/Refused", login().get("400").get$ref());
    assertEquals(List.of("200", "400", "503"), List.copyOf(user().keySet()));
    assertEquals("Its own", user().get("503").getDescription());
    assertEquals(1, contract.getPaths().get("/other").getGet().getResponses().size());
  }

  @Test
  void answersThatOtherOriginsMayReadSayByWhichHeaders() {
    assertNull(login().get("200").getHeaders());
    for (ApiResponse response : user().values()) {
      assertEquals("#/components/headers/VaryOrigin", response.getHeaders().get("Vary").get$ref());
    }
    assertEquals("Refused", user().get("400").getDescription());
  }

  @Test
  void whatOnlyARuleNamesIsResolvedWithinTheDocument() {
    ApiResponse refused = contract.getComponents().getResponses().get("Refused");
    assertEquals("#/components/headers/Allow", refused.getHeaders().get("Allow").get$ref());
    assertEquals(
        "#/components/schemas/Problem",
        refused.getContent().get("application/json").getSchema().get$ref());
  }

  private ApiResponses login() {
    return contract.getPaths().get("/api/login").getPost().getResponses();
  }

  private ApiResponses user() {
    return contract.getPaths().get("/api/user").getGet().getResponses();
  }

  private static OpenAPI read() {
    try {
      OpenAPI contract = Yaml.mapper().readValue(CONTRACT, OpenAPI.class);
      AnyOperation.writeOut(contract);
      return contract;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
