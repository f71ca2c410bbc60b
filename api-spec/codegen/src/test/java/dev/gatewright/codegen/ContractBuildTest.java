package dev.gatewright.codegen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.core.util.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContractBuildTest {

  private static final Path CLEAN =
      Path.of("src/test/resources/lint/api-spec/openapi/openapi.yaml");

  @TempDir Path output;

  @BeforeEach
  void resolve() throws IOException {
    ContractBuild.resolve(Toy.CONTRACT, output);
  }

  @Test
  void documentSaysTheSameAsTheContract() throws IOException {
    JsonNode written = read(Yaml.mapper(), Toy.CONTRACT);
    JsonNode yaml = read(Yaml.mapper(), output.resolve("META-INF/openapi/openapi.yaml"));

    assertEquals(written.at("/components"), yaml.at("/components"));
    assertEquals(
        written.at("/paths/~1token/post/security"), yaml.at("/paths/~1token/post/security"));
    assertEquals(yaml, read(Json.mapper(), output.resolve("META-INF/openapi/openapi.json")));
  }

  @Test
  void flowForUsersComesFirst() throws IOException {
    JsonNode document = read(Json.mapper(), output.resolve("META-INF/openapi/openapi.json"));
    List<String> flows = new ArrayList<>();
    document
        .at("/components/securitySchemes/oauth2/flows")
        .fieldNames()
        .forEachRemaining(flows::add);

    assertEquals(List.of("authorizationCode", "clientCredentials"), flows);
  }

  @Test
  void onlyTheDocumentToGenerateFromIsMarked() throws IOException {
    assertFalse(
        Files.readString(output.resolve("META-INF/openapi/openapi.yaml")).contains("x-generators"));
    assertTrue(
        Files.readString(output.resolve("generate-from.yaml"))
            .contains("x-generators: " + Fingerprint.ofGenerators()));
  }

  @Test
  void whatIsUnchangedIsNotBuiltAgain() throws IOException {
    ContractBuild.build(CLEAN, output);
    Path document = output.resolve("META-INF/openapi/openapi.yaml");
    Files.writeString(document, "left alone");
    ContractBuild.build(CLEAN, output);
    assertEquals("left alone", Files.readString(document));

    Files.writeString(output.resolve("built-from"), "another contract");
    ContractBuild.build(CLEAN, output);
    assertTrue(Files.readString(document).contains("Things"));
  }

  @Test
  void mistakesStopTheBuildBeforeAnythingIsResolved() throws IOException {
    String before = Files.readString(output.resolve("generate-from.yaml"));

    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class, () -> ContractBuild.build(Toy.CONTRACT, output));

    assertTrue(refused.getMessage().contains("toy.yaml:60: POST /claims does not state"));
    assertEquals(before, Files.readString(output.resolve("generate-from.yaml")));
  }

  private static JsonNode read(ObjectMapper mapper, Path file) throws IOException {
    return mapper.readTree(Files.readString(file));
  }
}
