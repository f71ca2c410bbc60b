package dev.gatewright.codegen.lint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A small contract without a mistake, broken in one place at a time. */
class ContractLintTest {
  private static final Path CLEAN = Path.of("src/test/resources/lint");
  private static final String THINGS = "paths/api_things.yaml";
  private static final String ONE_THING = "paths/api_things_thing-id.yaml";
  private static final String THING = "schemas/Thing.yaml";

  @TempDir Path repository;

  /**
   * A mistake.
   *
   * @param file which file has it
   * @param right what stands there
   * @param wrong what stands there instead
   * @param findings all that is said, each with its line, without the file's folder
   */
  record Mistake(String file, String right, String wrong, List<String> findings) {
    @Override
    public String toString() {
      return findings.get(0);
    }
  }

  static Stream<Mistake> mistakes() {
    return Stream.of(
        new Mistake(
            THING,
            "description: A thing.",
            "description: \"A thing.",
            List.of("schemas/Thing.yaml:26: found unexpected end of stream (yaml-syntax)")),
        new Mistake(
            THING,
            "    maxLength: 5\n",
            "    maxLength: 5\n    maxLength: 6\n",
            List.of("schemas/Thing.yaml:10: `maxLength` stands twice (duplicate-key)")),
        new Mistake(
            THING,
            "required: [name]",
            "requierd: [name]",
            List.of(
                "schemas/Thing.yaml:3: `requierd` is no key of a Schema: `required`?"
                    + " (unknown-key)")),
        new Mistake(
            THINGS,
            "  security: []\n",
            "  security: []\n  x-corss-origin: true\n",
            List.of(
                "paths/api_things.yaml:33: `x-corss-origin` is no key of an Operation:"
                    + " `x-cross-origin`? (unknown-key)")),
        new Mistake(
            "openapi.yaml",
            "  version: 1.0.0\n",
            "",
            List.of("openapi.yaml:2: `version` is missing (missing-key)")),
        new Mistake(
            THINGS,
            "    required: true\n",
            "    required: 'yes'\n",
            List.of("paths/api_things.yaml:34: is not true or false (value-type)")),
        new Mistake(
            THING,
            "    type: string\n    description: What it is called.",
            "    type: strnig\n    description: What it is called.",
            List.of(
                "schemas/Thing.yaml:6: is not one of [string, integer, number, boolean, array,"
                    + " object] (value-type)")),
        new Mistake(
            THINGS,
            "\"413\"",
            "\"41\"",
            List.of(
                "paths/api_things.yaml:42: POST /api/things has a body and does not state 400, 413"
                    + " and 415 (body-refused)",
                "paths/api_things.yaml:54: POST /api/things: `41` is no status (value-type)")),
        new Mistake(
            "schemas/ThingPage.yaml",
            "    items:\n      $ref: ./Thing.yaml\n",
            "",
            List.of("schemas/ThingPage.yaml:5: `items` is missing (missing-key)")),
        new Mistake(
            "openapi.yaml",
            "  /api/things/{thing_id}:",
            "  api/things/{thing_id}:",
            List.of(
                "openapi.yaml:12: `api/things/{thing_id}` does not begin with a slash"
                    + " (path-style)",
                "paths/api_things_thing-id.yaml:21: DELETE api/things/{thing_id}: 400 is not OAuth"
                    + " JSON (problem-type)")),
        new Mistake(
            THINGS,
            "../responses/Problem.yaml\n    \"413\"",
            "../responses/Porblem.yaml\n    \"413\"",
            List.of(
                "paths/api_things.yaml:52: POST /api/things: 400 is not a problem"
                    + " (problem-type)",
                "paths/api_things.yaml:53: ../responses/Porblem.yaml is not there"
                    + " (unresolved-reference)")),
        new Mistake(
            THINGS,
            "    \"400\":\n      $ref: ../responses/Problem.yaml\n    \"413\"",
            "    \"400\":\n      description: Mine.\n      $ref: ../responses/Problem.yaml\n   "
                + " \"413\"",
            List.of(
                "paths/api_things.yaml:53: `description` is ignored beside `$ref`"
                    + " (reference-alone)")),
        new Mistake(
            THINGS,
            "        examples:\n          round:\n            $ref: ../examples/RoundThing.yaml\n",
            "",
            List.of("examples/RoundThing.yaml:1: nothing refers to this file (unused-file)")),
        new Mistake(
            "openapi.yaml",
            "  /api/things/{thing_id}:",
            "  /api/things/by-id/{thing_id}:",
            List.of(
                "openapi.yaml:12: /api/things/by-id/{thing_id} is not in"
                    + " paths/api_things_by-id_thing-id.yaml (path-file)")),
        new Mistake(
            "openapi.yaml",
            "  /api/things:",
            "  /api/Things:",
            List.of(
                "openapi.yaml:10: /api/Things is not in paths/api_Things.yaml (path-file)",
                "openapi.yaml:10: `Things` in /api/Things (path-style)")),
        new Mistake(
            ONE_THING,
            "name: thing_id",
            "name: id",
            List.of(
                "paths/api_things_thing-id.yaml:1: DELETE /api/things/{thing_id} declares {id},"
                    + " which is not in its path (path-parameters)",
                "paths/api_things_thing-id.yaml:1: DELETE /api/things/{thing_id} does not declare"
                    + " {thing_id} (path-parameters)")),
        new Mistake(
            THINGS,
            "operationId: createThing",
            "operationId: create_thing",
            List.of(
                "paths/api_things.yaml:29: POST /api/things: operationId `create_thing` is not"
                    + " lowerCamelCase (operation-id)")),
        new Mistake(
            ONE_THING,
            "operationId: deleteThing",
            "operationId: createThing",
            List.of(
                "paths/api_things_thing-id.yaml:3: DELETE /api/things/{thing_id}: operationId"
                    + " `createThing` is used twice (operation-id)")),
        new Mistake(
            THINGS,
            "summary: Create a thing",
            "summary: Create a thing.",
            List.of(
                "paths/api_things.yaml:30: POST /api/things: the summary ends with a full stop"
                    + " (summary)")),
        new Mistake(
            THING,
            "    description: What it is called.\n",
            "",
            List.of("schemas/Thing.yaml:5: property `name` is not described (description)")),
        new Mistake(
            THINGS,
            "tags: [Things]\n  operationId: createThing",
            "tags: [Stuff]\n  operationId: createThing",
            List.of(
                "paths/api_things.yaml:28: POST /api/things has the tags [Stuff], not one that the"
                    + " contract introduces (one-tag)")),
        new Mistake(
            THINGS,
            "  security: []\n",
            "",
            List.of(
                "paths/api_things.yaml:27: POST /api/things does not state its security"
                    + " (security-stated)")),
        new Mistake(
            THINGS,
            "oauth2: [things:read]",
            "oauth2: [things:raed]",
            List.of(
                "paths/api_things.yaml:7: GET /api/things needs the undeclared scope things:raed"
                    + " (scope-declared)")),
        new Mistake(
            THINGS,
            "    \"403\":\n      $ref: ../responses/Refused.yaml\n",
            "",
            List.of(
                "paths/api_things.yaml:11: GET /api/things does not state 403 with"
                    + " WWW-Authenticate (refusals-stated)")),
        new Mistake(
            "responses/Refused.yaml",
            "application/problem+json",
            "application/json",
            List.of(
                "paths/api_things.yaml:23: GET /api/things: 401 is not a problem (problem-type)",
                "paths/api_things.yaml:25: GET /api/things: 403 is not a problem (problem-type)")),
        new Mistake(
            THINGS,
            "    \"415\":\n      $ref: ../responses/Problem.yaml\n",
            "",
            List.of(
                "paths/api_things.yaml:42: POST /api/things has a body and does not state 400, 413"
                    + " and 415 (body-refused)")),
        new Mistake(
            THINGS,
            "    \"400\":\n      $ref: ../responses/Problem.yaml\n    \"401\"",
            "    \"401\"",
            List.of(
                "paths/api_things.yaml:11: GET /api/things limits a parameter and does not state"
                    + " 400 (parameter-refused)")),
        new Mistake(
            THINGS,
            "      description: The thing.\n"
                + "      headers:\n"
                + "        Cache-Control:\n"
                + "          $ref: ../headers/CacheControl.yaml\n",
            "      description: The thing.\n",
            List.of(
                "paths/api_things.yaml:43: POST /api/things: 201 does not state Cache-Control"
                    + " (cache-control)")),
        new Mistake(
            ONE_THING,
            "  security: []\n",
            "  security: []\n  x-cross-origin: true\n",
            List.of(
                "paths/api_things_thing-id.yaml:10: DELETE /api/things/{thing_id}: x-cross-origin"
                    + " is true (cross-origin)",
                "paths/api_things_thing-id.yaml:19: DELETE /api/things/{thing_id} does not state"
                    + " Access-Control-Allow-Origin and Vary, or is not x-cross-origin"
                    + " (cross-origin)")),
        new Mistake(
            THINGS,
            "          schema:\n            $ref: ../schemas/Thing.yaml\n    \"400\"",
            "          schema:\n            type: object\n    \"400\"",
            List.of(
                "paths/api_things.yaml:49: application/json has an inline schema"
                    + " (no-inline-schema)")),
        new Mistake(
            THING,
            "  made_at:",
            "  madeAt:",
            List.of("schemas/Thing.yaml:21: property `madeAt` is not snake_case (snake-case)")),
        new Mistake(
            THING,
            "required: [name]",
            "required: [name, size]",
            List.of(
                "examples/RoundThing.yaml:2: example round lacks `size` (example-matches)",
                "schemas/Thing.yaml:3: `size` is required and no property (required-exists)")),
        new Mistake(
            THING,
            "    description: What opens it.\n    maxLength: 9\n",
            "    description: What opens it.\n",
            List.of("schemas/Thing.yaml:15: property `pin` has no maxLength (limited-input)")),
        new Mistake(
            "parameters/Cursor.yaml",
            "  maxLength: 9\n",
            "",
            List.of(
                "parameters/Cursor.yaml:4: parameter `cursor` has no maxLength (limited-input)")),
        new Mistake(
            THING,
            "    writeOnly: true\n",
            "",
            List.of(
                "schemas/Thing.yaml:15: property `pin` is a password and not writeOnly"
                    + " (password-write-only)")),
        new Mistake(
            THINGS,
            "    - $ref: ../parameters/Limit.yaml\n    - $ref: ../parameters/Cursor.yaml\n",
            "    - $ref: ../parameters/Limit.yaml\n",
            List.of(
                "parameters/Cursor.yaml:1: nothing refers to this file (unused-file)",
                "paths/api_things.yaml:3: GET /api/things lists without limit and cursor"
                    + " (pagination)")),
        new Mistake(
            "schemas/ThingPage.yaml",
            "next_cursor",
            "next_page",
            List.of(
                "paths/api_things.yaml:3: GET /api/things does not answer `items` and"
                    + " `next_cursor` (pagination)")),
        new Mistake(
            "parameters/Limit.yaml",
            "example: 20\n",
            "",
            List.of("parameters/Limit.yaml:1: parameter `limit` has no example (example-present)")),
        new Mistake(
            THING,
            "    example: ball\n",
            "    example: football\n",
            List.of(
                "schemas/Thing.yaml:10: the example is too short or too long: 8"
                    + " (example-matches)")),
        new Mistake(
            "examples/RoundThing.yaml",
            "  kind: round\n",
            "  kind: long\n  weight: 3\n",
            List.of(
                "examples/RoundThing.yaml:4: example round's `kind` is none of [round, square]"
                    + " (example-matches)",
                "examples/RoundThing.yaml:5: example round has `weight`, which the schema does not"
                    + " know (example-matches)")),
        new Mistake(
            THING,
            "    example: '2026-01-01T00:00:00Z'",
            "    example: 'yesterday'",
            List.of("schemas/Thing.yaml:25: the example is no date-time (example-matches)")),
        new Mistake(
            ONE_THING,
            "  x-deprecated-since: 2027-01-31\n  x-sunset: 2027-12-31\n",
            "",
            List.of(
                "paths/api_things_thing-id.yaml:1: DELETE /api/things/{thing_id} is deprecated"
                    + " without the date, x-deprecated-since: 2027-01-31 (deprecation)")),
        new Mistake(
            ONE_THING,
            "x-sunset: 2027-12-31",
            "x-sunset: 2027-01-01",
            List.of(
                "paths/api_things_thing-id.yaml:8: DELETE /api/things/{thing_id}: x-sunset is no"
                    + " date after x-deprecated-since (deprecation)")),
        new Mistake(
            ONE_THING,
            "  deprecated: true\n",
            "",
            List.of(
                "paths/api_things_thing-id.yaml:6: DELETE /api/things/{thing_id} has a date of its"
                    + " deprecation and is not `deprecated: true` (deprecation)")));
  }

  @Test
  void theContractWithoutAMistakeHasNone() throws IOException {
    assertEquals(List.of(), findings("openapi.yaml", "", ""));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void aMistakeIsNamedByFileAndLine(Mistake mistake) throws IOException {
    assertEquals(
        mistake.findings(),
        findings(mistake.file(), mistake.right(), mistake.wrong()).stream()
            .map(finding -> finding.toString().replace("api-spec/openapi/", ""))
            .toList());
  }

  @Test
  void aSchemaIsNamedAsATypeIs() throws IOException {
    copy();
    Path schemas = repository.resolve("api-spec/openapi/schemas");
    Files.move(schemas.resolve("Problem.yaml"), schemas.resolve("problem_body.yaml"));
    for (String response : List.of("Problem", "Refused")) {
      change(
          "responses/" + response + ".yaml", "schemas/Problem.yaml", "schemas/problem_body.yaml");
    }

    assertEquals(
        List.of(
            "api-spec/openapi/schemas/problem_body.yaml:1: problem_body is not UpperCamelCase"
                + " (schema-name)"),
        check().stream().map(Finding::toString).toList());
  }

  @Test
  void everyMistakeIsNamedAtOnce() throws IOException {
    copy();
    mistakes()
        .filter(mistake -> !mistake.toString().contains("yaml-syntax"))
        .filter(mistake -> mistake.file().equals(THING))
        .forEach(mistake -> {
          try {
            change(mistake.file(), mistake.right(), mistake.wrong());
          } catch (IOException | AssertionError e) {
            // Another mistake stands there already.
          }
        });
    assertTrue(check().size() > 5, check().toString());
  }

  /** A rule without a mistake here is one that nobody has seen to work. */
  @Test
  void everyRuleIsBroken() {
    Set<String> broken =
        mistakes()
            .flatMap(mistake -> mistake.findings().stream())
            .map(finding -> finding.replaceAll(".*\\(([a-z-]+)\\)$", "$1"))
            .collect(Collectors.toSet());
    broken.add(Rule.SCHEMA_NAME.label());

    assertEquals(
        EnumSet.allOf(Rule.class).stream().map(Rule::label).collect(Collectors.toSet()), broken);
  }

  @Test
  void thePageSaysTheSameAsTheRules() throws IOException {
    List<String> rows =
        Files.readAllLines(Path.of("../../docs/contract-style.md")).stream()
            .filter(line -> line.startsWith("| `"))
            .toList();

    assertEquals(
        Stream.of(Rule.values())
            .map(rule -> "| `%s` | %s |".formatted(rule.label(), rule.reason()))
            .toList(),
        rows);
  }

  private List<Finding> findings(String file, String right, String wrong) throws IOException {
    copy();
    change(file, right, wrong);
    return check();
  }

  private List<Finding> check() {
    return ContractLint.check(repository.resolve("api-spec/openapi/openapi.yaml"));
  }

  private void copy() throws IOException {
    try (Stream<Path> files = Files.walk(CLEAN)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path to = repository.resolve(CLEAN.relativize(file).toString());
        Files.createDirectories(to.getParent());
        Files.copy(file, to);
      }
    }
  }

  private void change(String file, String right, String wrong) throws IOException {
    Path path = repository.resolve("api-spec/openapi").resolve(file);
    String text = Files.readString(path);
    assertTrue(text.contains(right), right);
    int at = text.indexOf(right);
    Files.writeString(path, text.substring(0, at) + wrong + text.substring(at + right.length()));
  }
}
