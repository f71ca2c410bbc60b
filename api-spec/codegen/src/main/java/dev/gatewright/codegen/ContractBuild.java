package dev.gatewright.codegen;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatewright.codegen.lint.ContractLint;
import dev.gatewright.codegen.lint.Finding;
import dev.gatewright.codegen.reference.ReferenceSite;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.core.util.Yaml;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.security.OAuthFlows;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Checks the contract, which is written as many files, and resolves it to one document: {@code
 * openapi.yaml} and {@code openapi.json} below {@code META-INF/openapi}, and the reference site.
 * Nothing happens while neither the contract nor the generators have changed.
 *
 * <p>Beside {@code META-INF} it leaves {@code generate-from.yaml}, the same document marked with
 * the state of the generators, which is what code is generated from: a change to the contract or to
 * a generator makes it another document.
 */
public final class ContractBuild {

  private ContractBuild() {}

  /**
   * Resolves.
   *
   * @param arguments the contract's {@code openapi.yaml}; the folder for the results; the folder
   *     for the reference site
   */
  public static void main(String[] arguments) throws IOException {
    build(Path.of(arguments[0]), Path.of(arguments[1]), new ReferenceSite(Path.of(arguments[2])));
  }

  static void build(Path contract, Path output, ReferenceSite reference) throws IOException {
    Path stamp = output.resolve("built-from");
    String state =
        Fingerprint.of(contract.toAbsolutePath().getParent()) + Fingerprint.ofGenerators();
    if (reference.exists() && Files.exists(stamp) && Files.readString(stamp).equals(state)) {
      return;
    }
    Files.deleteIfExists(stamp);
    List<Finding> findings = ContractLint.check(contract);
    if (!findings.isEmpty()) {
      throw new IllegalArgumentException(
          findings.stream()
              .map(Finding::toString)
              .collect(
                  Collectors.joining(
                      "\n",
                      "the contract breaks rules of its style:\n",
                      "\nThe reasons are in docs/contract-style.md.")));
    }
    resolve(contract, output);
    Path served = served(output);
    reference.write(
        Files.readString(served.resolve("openapi.yaml")),
        Files.readString(served.resolve("openapi.json")));
    Files.writeString(stamp, state);
  }

  static void resolve(Path contract, Path output) throws IOException {
    OpenAPI resolved = resolved(contract);
    AnyOperation.writeOut(resolved);
    write(resolved, output);
  }

  private static OpenAPI resolved(Path contract) {
    ParseOptions options = new ParseOptions();
    options.setResolve(true);
    SwaggerParseResult result =
        new OpenAPIV3Parser().readLocation(contract.toString(), null, options);
    if (result.getOpenAPI() == null || !result.getMessages().isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", result.getMessages()));
    }
    return result.getOpenAPI();
  }

  private static void write(OpenAPI contract, Path output) throws IOException {
    Path served = served(output);
    Mirror.writeIfChanged(served.resolve("openapi.yaml"), written(Yaml.mapper(), contract));
    Mirror.writeIfChanged(served.resolve("openapi.json"), written(Json.mapper(), contract));
    contract.addExtension("x-generators", Fingerprint.ofGenerators());
    Mirror.writeIfChanged(output.resolve("generate-from.yaml"), written(Yaml.mapper(), contract));
  }

  private static Path served(Path output) {
    return output.resolve("META-INF").resolve("openapi");
  }

  private static String written(ObjectMapper mapper, OpenAPI contract)
      throws JsonProcessingException {
    return mapper
        .copy()
        .addMixIn(OAuthFlows.class, UsersFirst.class)
        .writer(new DefaultPrettyPrinter())
        .writeValueAsString(contract);
  }

  /**
   * Swagger UI offers the flows as they stand in the document: the one that a reader wants to try
   * comes first.
   */
  @JsonPropertyOrder({"authorizationCode"})
  private interface UsersFirst {}
}
