package dev.gatewright.codegen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatewright.codegen.reference.ReferenceSite;
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
  void everyAnswerOfADeprecatedOperationStatesItsDates() throws IOException {
    JsonNode headers =
        read(Json.mapper(), output.resolve("META-INF/openapi/openapi.json"))
            .at("/paths/~1things~1{thing_id}/delete/responses/204/headers");

    assertEquals("@1801353600", headers.at("/Deprecation/example").asText());
    assertEquals("Fri, 31 Dec 2027 00:00:00 GMT", headers.at("/Sunset/example").asText());
    assertTrue(headers.at("/Sunset/required").asBoolean());
  }

  @Test
  void whatIsUnchangedIsNotBuiltAgain() throws IOException {
    build(CLEAN);
    Path document = output.resolve("META-INF/openapi/openapi.yaml");
    Files.writeString(document, "left alone");
    build(CLEAN);
    assertEquals("left alone", Files.readString(document));

    Files.writeString(output.resolve("built-from"), "another contract");
    build(CLEAN);
    assertTrue(Files.readString(document).contains("Things"));
  }

  @Test
  void mistakesStopTheBuildBeforeAnythingIsResolved() throws IOException {
    String before = Files.readString(output.resolve("generate-from.yaml"));

    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> build(Toy.CONTRACT));

    assertTrue(refused.getMessage().contains("toy.yaml:60: POST /claims does not state"));
    assertEquals(before, Files.readString(output.resolve("generate-from.yaml")));
  }

  @Test
  void theReferenceSiteNeedsNothingFromElsewhere() throws IOException {
    build(CLEAN);
    Path site = output.resolve("reference");
    String page = Files.readString(site.resolve("index.html"));
    String changes = Files.readString(site.resolve("changes.html"));

    for (String file :
        List.of("redoc.standalone.js", "contract.js", "reference.js", "reference.css")) {
      assertTrue(page.contains('"' + file + '"'), file);
      assertTrue(Files.size(site.resolve(file)) > 0, file);
    }
    assertFalse((page + changes).contains("http"), page);
    assertFalse(Files.readString(site.resolve("redoc.standalone.js")).contains("//cdn."));
    assertTrue(Files.readString(site.resolve("contract.js")).contains("\"title\" : \"Things\""));
  }

  @Test
  void theReferenceSiteShowsTheChangeLog() throws IOException {
    new ReferenceSite(output).writeChanges("# Changes\n\n- GET /api/a: <b> was removed\n");

    String page = Files.readString(output.resolve("changes.html"));
    assertTrue(page.contains("<li>GET /api/a: &lt;b&gt; was removed</li>"), page);
  }

  private void build(Path contract) throws IOException {
    ContractBuild.build(contract, output, new ReferenceSite(output.resolve("reference")));
  }

  private static JsonNode read(ObjectMapper mapper, Path file) throws IOException {
    return mapper.readTree(Files.readString(file));
  }
}
