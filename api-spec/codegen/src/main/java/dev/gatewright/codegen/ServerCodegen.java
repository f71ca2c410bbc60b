package dev.gatewright.codegen;

import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.servers.Server;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.openapitools.codegen.CodegenModel;
import org.openapitools.codegen.CodegenOperation;
import org.openapitools.codegen.CodegenParameter;
import org.openapitools.codegen.CodegenProperty;
import org.openapitools.codegen.CodegenType;
import org.openapitools.codegen.languages.AbstractJavaCodegen;

/**
 * Generates one Micronaut controller interface per tag, and the models that it speaks in.
 *
 * <p>An interface carries everything that the contract decides: routes, media types, guards,
 * validation. A hand-written {@code @Controller} implements it and decides the rest. The templates
 * are in {@code gatewright-server}.
 */
public final class ServerCodegen extends AbstractJavaCodegen {

  /** The name that a build gives as {@code generatorName}: this class. */
  public static final String NAME = ServerCodegen.class.getName();

  private static final String JSON = "application/json";

  private FreshSources sources;

  /** Made by the plugin. */
  public ServerCodegen() {
    embeddedTemplateDir = templateDir = "gatewright-server";
    apiTestTemplateFiles.clear();
    modelDocTemplateFiles.clear();
    apiDocTemplateFiles.clear();
    setDateLibrary("java8");
    setUseJakartaEe(true);
    setUseBeanValidation(true);
    setOpenApiNullable(false);
    setHideGenerationTimestamp(true);
    setContainerDefaultToNull(true);
    setDisallowAdditionalPropertiesIfNotPresent(true);
    // Additional properties become a field; otherwise the model would extend HashMap and lose its
    // named properties.
    supportsAdditionalPropertiesWithComposedSchema = true;
    // A form and a JSON body come after the parameters of path, query and header.
    setPrependFormOrBodyParameters(false);
  }

  @Override
  public CodegenType getTag() {
    return CodegenType.SERVER;
  }

  @Override
  public String getName() {
    return NAME;
  }

  @Override
  public String getHelp() {
    return "Generates Micronaut controller interfaces and models.";
  }

  @Override
  public void processOpts() {
    super.processOpts();
    supportingFiles.clear();
    typeMapping.put("DateTime", "Instant");
    importMapping.put("Instant", "java.time.Instant");
    additionalProperties.put("generator", NAME);
  }

  @Override
  protected String getContentType(RequestBody body) {
    return Contract.treatedAs(super.getContentType(body));
  }

  @Override
  public CodegenOperation fromOperation(
      String path, String method, Operation operation, List<Server> servers) {
    CodegenOperation result = super.fromOperation(path, method, operation, servers);
    Map<String, Object> extensions = result.vendorExtensions;
    Guard guard = Guard.of(openAPI, operation);
    extensions.put("anonymous", guard.anonymous());
    extensions.put("scopes", guard.scopes());
    extensions.put("hasScopes", !guard.scopes().isEmpty());

    extensions.put(
        "crossOrigin", Contract.isTrue(operation.getExtensions(), Contract.CROSS_ORIGIN));

    boolean validated = !Contract.isTrue(operation.getExtensions(), Contract.NO_VALIDATION);
    for (CodegenParameter parameter : result.allParams) {
      parameter.vendorExtensions.put("validated", validated);
      parameter.vendorExtensions.put(
          "nullable", !parameter.required || (!validated && !parameter.isBodyParam));
    }
    answer(result);
    return result;
  }

  /**
   * What a method returns: the type of a JSON answer, or anything where the answer is a page, a
   * redirect or empty, or JSON is not all that it can be.
   */
  private static void answer(CodegenOperation operation) {
    boolean json =
        operation.responses.stream()
            .filter(response -> response.is2xx)
            .filter(response -> response.getContent() != null)
            .anyMatch(response -> response.getContent().keySet().equals(Set.of(JSON)));
    operation.vendorExtensions.put(
        "answer", json && operation.returnType != null ? operation.returnType : "?");
    // Anything that is not JSON answers whatever the caller accepts, and its errors too.
    operation.vendorExtensions.put("json", json);
  }

  @Override
  public CodegenModel fromModel(String name, Schema schema) {
    CodegenModel model = super.fromModel(name, schema);
    boolean mergePatch = Contract.isTrue(schema.getExtensions(), Contract.MERGE_PATCH);
    model.vendorExtensions.put("mergePatch", mergePatch);
    model.vars.forEach(property -> property.vendorExtensions.put("mergePatch", mergePatch));
    model.imports.removeAll(Set.of("ApiModel", "ApiModelProperty", "Schema"));
    return model;
  }

  @Override
  public CodegenProperty fromProperty(
      String name, Schema schema, boolean required, boolean additional) {
    CodegenProperty property = super.fromProperty(name, schema, required, additional);
    if (schema != null) {
      property.vendorExtensions.put("secret", Contract.isSecret(schema));
      property.vendorExtensions.put("nullable", !required || property.isNullable);
    }
    return property;
  }

  @Override
  public void setOutputDir(String output) {
    sources = FreshSources.beside(output);
    super.setOutputDir(sources.emptied());
  }

  /** Instead of the core's thanks on standard output: what has changed goes to the compiler. */
  @Override
  public void postProcess() {
    sources.bringOver();
  }
}
