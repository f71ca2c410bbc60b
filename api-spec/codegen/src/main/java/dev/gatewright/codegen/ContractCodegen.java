package dev.gatewright.codegen;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.core.util.Yaml;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.security.OAuthFlows;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.openapitools.codegen.CodegenType;
import org.openapitools.codegen.DefaultCodegen;

/**
 * Resolves the contract, which is written as many files, to one document: {@code openapi.yaml} and
 * {@code openapi.json} below {@code META-INF/openapi}.
 *
 * <p>Beside {@code META-INF} it leaves {@code generate-from.yaml}, the same document marked with
 * the state of the generators, which is what code is generated from: a change to the contract or to
 * a generator makes it another document.
 */
public final class ContractCodegen extends DefaultCodegen {

  /** The name that a build gives as {@code generatorName}: this class. */
  public static final String NAME = ContractCodegen.class.getName();

  /** Made by the plugin. */
  public ContractCodegen() {
    // Published as it is written: nothing is simplified, and inline schemas stay where they are.
    openapiNormalizer.put("DISABLE_ALL", "true");
  }

  @Override
  public CodegenType getTag() {
    return CodegenType.SCHEMA;
  }

  @Override
  public String getName() {
    return NAME;
  }

  @Override
  public String getHelp() {
    return "Resolves the contract to one document.";
  }

  @Override
  public boolean getUseInlineModelResolver() {
    return false;
  }

  @Override
  public void processOpenAPI(OpenAPI contract) {
    try {
      Path directory = Files.createDirectories(Path.of(getOutputDir(), "META-INF", "openapi"));
      Files.writeString(directory.resolve("openapi.yaml"), written(Yaml.mapper(), contract));
      Files.writeString(directory.resolve("openapi.json"), written(Json.mapper(), contract));
      Files.writeString(Path.of(getOutputDir(), "generate-from.yaml"), marked(contract));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String marked(OpenAPI contract) throws JsonProcessingException {
    contract.addExtension("x-generators", Fingerprint.ofGenerators());
    try {
      return written(Yaml.mapper(), contract);
    } finally {
      contract.getExtensions().remove("x-generators");
    }
  }

  /** The core thanks on standard output, at every build. */
  @Override
  public void postProcess() {}

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
