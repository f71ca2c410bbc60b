package dev.gatewright.codegen;

import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.servers.Server;
import java.util.List;
import org.openapitools.codegen.CodegenOperation;
import org.openapitools.codegen.CodegenProperty;
import org.openapitools.codegen.languages.JavaClientCodegen;
import org.openapitools.codegen.utils.ModelUtils;

/**
 * Generates the Java SDK: the stock client on the JDK's HTTP client, with three things mended.
 *
 * <p>A form is sent as one object by the JDK alone (the stock template brings in a second HTTP
 * client for it), what the contract calls a secret is not printed, and {@code If-None-Match} is
 * left out: the client keeps no answer that a 304 could stand for, and would throw it as an error.
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
    boolean form =
        Contract.isForm(ModelUtils.getReferencedRequestBody(openAPI, operation.getRequestBody()));
    result.bodyParams.forEach(body -> body.vendorExtensions.put("form", form));
    if (result.bodyParam != null) {
      result.bodyParam.vendorExtensions.put("form", form);
    }
    return result;
  }

  private boolean makesSenseWithoutCache(Parameter parameter) {
    return !"If-None-Match"
        .equalsIgnoreCase(ModelUtils.getReferencedParameter(openAPI, parameter).getName());
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
