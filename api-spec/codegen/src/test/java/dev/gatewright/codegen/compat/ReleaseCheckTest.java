package dev.gatewright.codegen.compat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swagger.v3.core.util.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract of the first release, changed in one way at a time. */
class ReleaseCheckTest {
  private static final Path RELEASED = Path.of("../releases/0.1.0.yaml");

  @TempDir Path folder;

  /**
   * A change.
   *
   * @param name what is done, or the sentence that is said about it
   */
  record Change(String name, Consumer<Contract> edit) {
    @Override
    public String toString() {
      return name;
    }
  }

  /** The document as a tree. */
  record Contract(ObjectNode document) {
    ObjectNode at(String... steps) {
      JsonNode node = document;
      for (String step : steps) {
        node = node.path(step);
      }
      return (ObjectNode) node;
    }

    ObjectNode schema(String name) {
      return at("components", "schemas", name);
    }

    ObjectNode property(String schema, String name) {
      return (ObjectNode) schema(schema).path("properties").path(name);
    }

    ObjectNode operation(String method, String path) {
      return at("paths", path, method);
    }

    /** The response, or what it refers to. */
    ObjectNode response(String method, String path, String status) {
      JsonNode response = operation(method, path).path("responses").path(status);
      return response.has("$ref")
          ? (ObjectNode) document.at(response.path("$ref").asText().substring(1))
          : (ObjectNode) response;
    }

    ObjectNode parameter(String method, String path, int index) {
      return (ObjectNode) operation(method, path).path("parameters").path(index);
    }

    void requires(String schema, String name) {
      schema(schema).withArray("required").add(name);
    }

    void requiresNoMore(String schema, String name) {
      ArrayNode required = schema(schema).withArray("required");
      for (int i = required.size() - 1; i >= 0; i--) {
        if (required.get(i).asText().equals(name)) {
          required.remove(i);
        }
      }
    }
  }

  static Stream<Change> breaking() {
    return Stream.of(
        new Change(
            "GET /api/users: in the answer, `email` of User was removed",
            contract -> ((ObjectNode) contract.schema("User").path("properties")).remove("email")),
        new Change(
            "GET /oauth2/userinfo: in the answer, `email_verified` of UserInfo is of type string,"
                + " and was boolean",
            contract -> contract.property("UserInfo", "email_verified").put("type", "string")),
        new Change(
            "POST /oauth2/token: in the answer, `expires_in` of TokenResponse has the format int32,"
                + " and had int64",
            contract -> contract.property("TokenResponse", "expires_in").put("format", "int32")),
        new Change(
            "POST /oauth2/token: in the answer, `access_token` of TokenResponse may now be absent",
            contract -> contract.requiresNoMore("TokenResponse", "access_token")),
        new Change(
            "POST /api/users: in the request, `given_name` of SignUpRequest became required",
            contract -> contract.requires("SignUpRequest", "given_name")),
        new Change(
            "POST /api/users: in the request, `birth_name` of SignUpRequest was added and is"
                + " required",
            contract -> {
              contract
                  .at("components", "schemas", "SignUpRequest", "properties")
                  .putObject("birth_name")
                  .put("type", "string");
              contract.requires("SignUpRequest", "birth_name");
            }),
        new Change(
            "PATCH /api/user: in the request, `username` of UserPatch may no longer be null",
            contract -> contract.property("UserPatch", "username").remove("nullable")),
        new Change(
            "PATCH /api/user: in the request, `name` of UserPatch has maxLength 100 now, and had"
                + " 200",
            contract -> contract.property("UserPatch", "name").put("maxLength", 100)),
        new Change(
            "PATCH /api/user: in the request, `username` of UserPatch has minLength 3 now, and had"
                + " 1",
            contract -> contract.property("UserPatch", "username").put("minLength", 3)),
        new Change(
            "PATCH /api/user: in the request, `locale` of UserPatch has another pattern, [a-z]+",
            contract -> contract.property("UserPatch", "locale").put("pattern", "[a-z]+")),
        new Change(
            "PATCH /api/user: in the request, `nickname` of UserPatch is no longer read",
            contract ->
                contract.at("components", "schemas", "UserPatch", "properties").remove("nickname")),
        new Change(
            "GET /api/users: status 400 was removed",
            contract -> contract.at("paths", "/api/users", "get", "responses").remove("400")),
        new Change(
            "GET /api/users: status 202 was added, which callers do not expect of a success",
            contract ->
                contract
                    .at("paths", "/api/users", "get", "responses")
                    .putObject("202")
                    .put("description", "Later.")),
        new Change(
            "GET /api/users: oauth2 with users:read no longer suffices: it needs oauth2"
                + " with users:read and users:write, or bearer",
            contract ->
                ((ArrayNode) contract.operation("get", "/api/users").at("/security/0/oauth2"))
                    .add("users:write")),
        new Change(
            "GET /api/keys: bearer no longer suffices: it needs oauth2 with keys:read",
            contract -> contract.operation("get", "/api/keys").withArray("security").remove(1)),
        new Change(
            "POST /api/users: no authentication no longer suffices: it needs bearer",
            contract ->
                contract
                    .operation("post", "/api/users")
                    .putArray("security")
                    .addObject()
                    .putArray("bearer")),
        new Change(
            "GET /api/user: the operation moved to GET /api/me",
            contract -> {
              ObjectNode item = contract.at("paths", "/api/user");
              JsonNode get = item.remove("get");
              contract.at("paths").putObject("/api/me").set("get", get);
            }),
        new Change(
            "DELETE /api/user: the operation was removed",
            contract -> contract.at("paths", "/api/user").remove("delete")),
        new Change(
            "GET /api/users: operationId `listUsers` became `getUsers`, which renames the method in"
                + " every SDK",
            contract -> contract.operation("get", "/api/users").put("operationId", "getUsers")),
        new Change(
            "GET /api/users: tag [Users] became [Account], which moves the method in every SDK",
            contract -> contract.operation("get", "/api/users").putArray("tags").add("Account")),
        new Change(
            "GET /api/users: query parameter `limit` became required",
            contract -> contract.parameter("get", "/api/users", 0).put("required", true)),
        new Change(
            "GET /api/users: query parameter `cursor` was removed",
            contract -> contract.operation("get", "/api/users").withArray("parameters").remove(1)),
        new Change(
            "GET /api/users: query parameter `page` was added and is required",
            contract ->
                contract
                    .operation("get", "/api/users")
                    .withArray("parameters")
                    .addObject()
                    .put("name", "page")
                    .put("in", "query")
                    .put("required", true)
                    .putObject("schema")
                    .put("type", "string")),
        new Change(
            "GET /api/users: in the request, query parameter `limit` has maximum 100 now, and had"
                + " 200",
            contract ->
                ((ObjectNode) contract.parameter("get", "/api/users", 0).path("schema"))
                    .put("maximum", 100)),
        new Change(
            "GET /api/users: in the request, query parameter `limit` is 20 where it is not sent,"
                + " and was 50",
            contract ->
                ((ObjectNode) contract.parameter("get", "/api/users", 0).path("schema"))
                    .put("default", 20)),
        new Change(
            "GET /oauth2/userinfo: answer 200 no longer has the media type application/jwt",
            contract ->
                ((ObjectNode) contract.response("get", "/oauth2/userinfo", "200").path("content"))
                    .remove("application/jwt")),
        new Change(
            "POST /api/users: the request no longer has the media type application/json",
            contract -> {
              ObjectNode content =
                  contract.at("paths", "/api/users", "post", "requestBody", "content");
              content.set("application/xml", content.remove("application/json"));
            }),
        new Change(
            "POST /api/users: answer 201 no longer has the header Location",
            contract ->
                ((ObjectNode) contract.response("post", "/api/users", "201").path("headers"))
                    .remove("Location")),
        new Change(
            "POST /oauth2/userinfo: the request body became required",
            contract ->
                contract
                    .at("paths", "/oauth2/userinfo", "post", "requestBody")
                    .put("required", true)),
        new Change(
            "Security scheme bearer: it is another kind of authentication",
            contract ->
                contract.at("components", "securitySchemes", "bearer").put("scheme", "basic")),
        new Change(
            "Security scheme oauth2, clientCredentials: scope keys:write can no longer be asked"
                + " for",
            contract ->
                contract
                    .at("components", "securitySchemes", "oauth2", "flows")
                    .withObject("/clientCredentials/scopes")
                    .remove("keys:write")));
  }

  static Stream<Change> values() {
    return Stream.of(
        new Change(
            "POST /things: in the request, `kind` of Thing no longer takes the value `square`",
            contract -> contract.property("Thing", "kind").putArray("enum").add("round")),
        new Change(
            "POST /things: in the answer, `kind` of Thing may have the value `long` now",
            contract -> contract.property("Thing", "kind").withArray("enum").add("long")),
        new Change(
            "POST /things: in the answer, `name` of Thing has maxLength 9 now, and had 5",
            contract -> contract.property("Thing", "name").put("maxLength", 9)));
  }

  static Stream<Change> harmless() {
    return Stream.of(
        new Change("nothing", contract -> {}),
        new Change(
            "another description",
            contract -> contract.operation("get", "/api/users").put("description", "Another.")),
        new Change(
            "a new optional field in a request",
            contract ->
                contract
                    .at("components", "schemas", "UserPatch", "properties")
                    .putObject("motto")
                    .put("type", "string")),
        new Change(
            "a new field in an answer",
            contract ->
                contract
                    .at("components", "schemas", "User", "properties")
                    .putObject("motto")
                    .put("type", "string")),
        new Change(
            "a field of an answer that is always there now",
            contract -> contract.requires("User", "name")),
        new Change(
            "a new operation",
            contract -> {
              ObjectNode copy = contract.operation("get", "/api/users").deepCopy();
              copy.put("operationId", "listPeople");
              contract.at("paths").putObject("/api/people").set("get", copy);
            }),
        new Change(
            "a new optional parameter",
            contract ->
                contract
                    .operation("get", "/api/users")
                    .withArray("parameters")
                    .addObject()
                    .put("name", "role")
                    .put("in", "query")
                    .putObject("schema")
                    .put("type", "string")),
        new Change(
            "a wider limit",
            contract -> contract.property("UserPatch", "name").put("maxLength", 300)),
        new Change(
            "a new error",
            contract -> {
              ObjectNode responses = contract.at("paths", "/api/users", "get", "responses");
              responses.set("418", responses.path("400").deepCopy());
            }),
        new Change(
            "a new header in an answer",
            contract ->
                ((ObjectNode) contract.response("get", "/api/users", "200").path("headers"))
                    .putObject("Deprecation")
                    .putObject("schema")
                    .put("type", "string")),
        new Change(
            "a scope less",
            contract ->
                ((ArrayNode) contract.operation("get", "/api/users").at("/security/0/oauth2"))
                    .remove(0)),
        new Change(
            "a deprecated operation",
            contract -> contract.operation("get", "/api/users").put("deprecated", true)));
  }

  @ParameterizedTest
  @MethodSource("breaking")
  void whatBreaksCallersIsNamed(Change change) throws IOException {
    List<String> sentences = after(change, RELEASED);

    assertTrue(sentences.contains(change.name()), sentences.toString());
  }

  @ParameterizedTest
  @MethodSource("values")
  void whatARequestLosesOrAnAnswerGainsBreaksCallers(Change change) throws IOException {
    assertEquals(List.of(change.name()), after(change, Path.of("src/test/resources/values.yaml")));
  }

  @ParameterizedTest
  @MethodSource("harmless")
  void whatBreaksNobodyPasses(Change change) throws IOException {
    assertEquals(List.of(), after(change, RELEASED));
  }

  @Test
  void aHeaderThatIsAlwaysThereNowBreaksNobodyAndOneThatIsNotDoes() throws IOException {
    Path released = Path.of("src/test/resources/values.yaml");

    assertEquals(List.of(), after(new Change("", header("X-Maybe", true)), released));
    assertEquals(
        List.of("POST /things: answer 201 may now lack the header X-Always"),
        after(new Change("", header("X-Always", false)), released));
  }

  private static Consumer<Contract> header(String name, boolean required) {
    return contract ->
        ((ObjectNode) contract.response("post", "/things", "201").path("headers").path(name))
            .put("required", required);
  }

  @Test
  void aNewMajorVersionMayBreakCallers() throws IOException {
    Change change =
        new Change(
            "",
            contract -> {
              contract.at("info").put("version", "1.0.0");
              contract.at("paths").remove("/api/users");
            });

    assertEquals(List.of(), after(change, RELEASED));
  }

  @Test
  void aNewMinorVersionMayNot() throws IOException {
    Change change =
        new Change(
            "",
            contract -> {
              contract.at("info").put("version", "0.2.0");
              contract.at("paths").remove("/api/keys");
            });

    assertFalse(after(change, RELEASED).isEmpty());
  }

  @Test
  void theLastReleaseIsTheOneWithTheHighestNumber() throws IOException {
    for (String version : List.of("0.9.0", "0.10.0", "0.2.3")) {
      Files.copy(RELEASED, folder.resolve(version + ".yaml"));
    }

    assertEquals(new Version(0, 10, 0), ReleaseCheck.releases(folder).lastKey());
  }

  @Test
  void theChangeLogNamesWhatBreaksCallersAndWhatIsNew() throws IOException {
    Path changed =
        changed(
            new Change(
                "",
                contract -> {
                  contract.at("paths", "/api/user").remove("delete");
                  ObjectNode copy = contract.operation("get", "/api/users").deepCopy();
                  copy.put("operationId", "listPeople");
                  contract.at("paths").putObject("/api/people").set("get", copy);
                }),
            RELEASED);

    String page = new ContractChanges(released(RELEASED), changed).markdown();

    assertTrue(page.contains("- DELETE /api/user: the operation was removed"), page);
    assertTrue(page.contains("/api/people"), page);
    assertTrue(page.indexOf("## The present, since 0.1.0") < page.indexOf("## 0.1.0"), page);
  }

  private List<String> after(Change change, Path released) throws IOException {
    return ReleaseCheck.check(released(released), changed(change, released));
  }

  private static SortedMap<Version, Path> released(Path contract) {
    return new TreeMap<>(Map.of(new Version(0, 1, 0), contract));
  }

  private Path changed(Change change, Path released) throws IOException {
    ObjectNode document = (ObjectNode) Yaml.mapper().readTree(Files.readString(released));
    change.edit().accept(new Contract(document));
    return Files.writeString(
        folder.resolve("changed.yaml"), Yaml.mapper().writeValueAsString(document));
  }
}
