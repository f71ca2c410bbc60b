package dev.gatewright.codegen;

import com.google.common.collect.ImmutableMap;
import com.samskivert.mustache.Mustache.Lambda;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.servers.Server;
import io.swagger.v3.oas.models.tags.Tag;
import java.util.List;
import java.util.Map;
import org.apache.commons.lang3.StringUtils;
import org.openapitools.codegen.CodegenModel;
import org.openapitools.codegen.CodegenOperation;
import org.openapitools.codegen.CodegenProperty;
import org.openapitools.codegen.SupportingFile;
import org.openapitools.codegen.languages.JavaClientCodegen;
import org.openapitools.codegen.model.ModelMap;
import org.openapitools.codegen.model.OperationMap;
import org.openapitools.codegen.model.OperationsMap;
import org.openapitools.codegen.utils.ModelUtils;

/**
 * Generates what the Java SDK has of the contract: an immutable class with a builder for each
 * schema, a class with a method for each operation, and nothing else. How calls are made is written
 * by hand there ({@code dev.gatewright.client.http}).
 *
 * <p>What the contract calls a secret is not printed, and {@code If-None-Match} is left out: the
 * client keeps no answer that a 304 could stand for.
 */
public final class SdkCodegen extends JavaClientCodegen {

  /** The name that a build gives as {@code generatorName}: this class. */
  public static final String NAME = SdkCodegen.class.getName();

  private FreshSources sources;

  /** Made by the plugin. */
  public SdkCodegen() {
    templateDir = "gatewright-sdk";
  }

  @Override
  public String getName() {
    return NAME;
  }

  @Override
  public void processOpts() {
    super.processOpts();
    typeMapping.put("DateTime", "Instant");
    importMapping.put("Instant", "java.time.Instant");
    apiDocTemplateFiles.clear();
    apiTestTemplateFiles.clear();
    modelDocTemplateFiles.clear();
    modelTestTemplateFiles.clear();
    supportingFiles.clear();
    String api = sourceFolder + "/" + apiPackage().replace('.', '/');
    String model = sourceFolder + "/" + modelPackage().replace('.', '/');
    supportingFiles.add(new SupportingFile("operations.mustache", api, "Operations.java"));
    supportingFiles.add(new SupportingFile("apiPackageInfo.mustache", api, "package-info.java"));
    supportingFiles.add(
        new SupportingFile("modelPackageInfo.mustache", model, "package-info.java"));
  }

  @Override
  protected ImmutableMap.Builder<String, Lambda> addMustacheLambdas() {
    return super.addMustacheLambdas()
        .put("javadoc", (fragment, writer) -> writer.write(Javadoc.of(fragment.execute())));
  }

  @Override
  protected String getContentType(RequestBody body) {
    return Contract.treatedAs(super.getContentType(body));
  }

  @Override
  public CodegenOperation fromOperation(
      String path, String method, Operation operation, List<Server> servers) {
    if (operation.getParameters() != null) {
      operation.setParameters(
          operation.getParameters().stream().filter(this::makesSenseWithoutCache).toList());
    }
    CodegenOperation result = super.fromOperation(path, method, operation, servers);
    new SdkOperation(openAPI, operation, result).describe();
    return result;
  }

  private boolean makesSenseWithoutCache(Parameter parameter) {
    return !"If-None-Match"
        .equalsIgnoreCase(ModelUtils.getReferencedParameter(openAPI, parameter).getName());
  }

  @Override
  public OperationsMap postProcessOperationsWithModels(
      OperationsMap objects, List<ModelMap> models) {
    OperationsMap result = super.postProcessOperationsWithModels(objects, models);
    OperationMap operations = result.getOperations();
    String tag = operations.getOperation().get(0).tags.get(0).getName();
    operations.put("x-accessor", StringUtils.uncapitalize(tag));
    operations.put("x-description", description(tag));
    for (CodegenOperation operation : operations.getOperation()) {
      SdkOperation.stream(operation, models.stream().map(ModelMap::getModel))
          .ifPresent(item -> result.getImports().add(Map.of("import", toModelImport(item))));
    }
    return result;
  }

  private String description(String name) {
    return openAPI.getTags() == null
        ? name
        : openAPI.getTags().stream()
            .filter(tag -> tag.getName().equals(name) && tag.getDescription() != null)
            .map(Tag::getDescription)
            .findFirst()
            .orElse(name);
  }

  @Override
  public String toEnumName(CodegenProperty property) {
    return StringUtils.capitalize(property.name);
  }

  @Override
  public CodegenProperty fromProperty(
      String name, Schema schema, boolean required, boolean additional) {
    CodegenProperty property = super.fromProperty(name, schema, required, additional);
    if (schema != null && Contract.isSecret(schema)) {
      property.isPassword = true;
    }
    return property;
  }

  @Override
  public void postProcessModelProperty(CodegenModel model, CodegenProperty property) {
    super.postProcessModelProperty(model, property);
    if (property.isEnum) {
      property.vendorExtensions.put("x-type", property.enumName);
    }
    if (property.unescapedDescription == null) {
      property.unescapedDescription = "{@code " + property.baseName + "}.";
    }
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
