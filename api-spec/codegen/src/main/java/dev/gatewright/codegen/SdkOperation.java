package dev.gatewright.codegen;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.lang3.StringUtils;
import org.openapitools.codegen.CodegenModel;
import org.openapitools.codegen.CodegenOperation;
import org.openapitools.codegen.CodegenParameter;
import org.openapitools.codegen.CodegenProperty;
import org.openapitools.codegen.utils.ModelUtils;

/**
 * How an operation looks in the SDK: which signatures it has, what it returns, and what it asks of
 * the caller.
 */
record SdkOperation(OpenAPI contract, Operation operation, CodegenOperation generated) {

  private static final String REGISTRATION_TOKEN = "registrationToken";

  /** A parameter, in a signature or in a builder. */
  record Argument(String name, String type, String description) {}

  /** One signature: the parameters, and what it calls the longest one with. */
  record Variant(String parameters, String arguments, List<Argument> documentation) {
    boolean documented() {
      return !documentation.isEmpty();
    }
  }

  /** A listing, as a stream. */
  record Listing(String name, String item, String parametersType) {}

  /** Tells the template. */
  void describe() {
    Map<String, Object> told = generated.vendorExtensions;
    told.put("x-security", security());
    answer(told);
    parameters(told);
    RequestBody body = ModelUtils.getReferencedRequestBody(contract, operation.getRequestBody());
    if (generated.bodyParam != null && body != null) {
      String mediaType = body.getContent().keySet().iterator().next();
      generated.bodyParam.vendorExtensions.put("x-media-type", mediaType);
    }
    told.put("x-notes", generated.unescapedNotes != null && !generated.unescapedNotes.isBlank());
  }

  private String security() {
    List<SecurityRequirement> requirements =
        operation.getSecurity() == null ? contract.getSecurity() : operation.getSecurity();
    List<String> names =
        requirements == null
            ? List.of()
            : requirements.stream().flatMap(requirement -> requirement.keySet().stream()).toList();
    if (names.isEmpty()) {
      return "NONE";
    }
    if (names.contains(REGISTRATION_TOKEN)) {
      return "REGISTRATION";
    }
    return names.stream().anyMatch(this::isBasic) ? "CLIENT" : "BEARER";
  }

  private boolean isBasic(String name) {
    SecurityScheme scheme = contract.getComponents().getSecuritySchemes().get(name);
    return scheme != null && "basic".equalsIgnoreCase(scheme.getScheme());
  }

  private void answer(Map<String, Object> told) {
    boolean redirects =
        operation.getResponses().keySet().stream()
            .anyMatch(status -> status.startsWith("3") && !status.equals("304"));
    String type = generated.returnType;
    String body = type == null ? "@Nullable Void" : type;
    told.put("x-body", body);
    told.put("x-void", type == null && !redirects);
    told.put("x-nothing", type == null);
    told.put("x-text", "String".equals(type));
    told.put("x-read", type != null && !type.equals("String"));
    told.put("x-redirects", redirects);
    told.put("x-send", redirects ? "exchange" : "send");
    told.put("x-future", redirects ? "Answer<" + body + ">" : body);
    told.put("x-answer", redirects ? "Answer<" + body + ">" : type == null ? "void" : type);
  }

  private void parameters(Map<String, Object> told) {
    List<Argument> required = new ArrayList<>();
    List<Argument> optional = new ArrayList<>();
    for (CodegenParameter parameter : generated.allParams) {
      (parameter.required ? required : optional).add(argument(parameter));
    }
    boolean grouped = optional.size() > 1 || isPaged(generated);
    String groupedType = StringUtils.capitalize(generated.operationId) + "Parameters";
    for (CodegenParameter parameter : generated.allParams) {
      boolean inGroup = grouped && !parameter.required;
      String value = (inGroup ? "parameters." : "") + parameter.paramName;
      Stream.of(generated.queryParams, generated.headerParams)
          .flatMap(List::stream)
          .filter(other -> other.paramName.equals(parameter.paramName))
          .forEach(other -> other.vendorExtensions.put("x-value", value));
    }
    List<Argument> all = new ArrayList<>(required);
    if (grouped) {
      all.add(new Argument("parameters", groupedType, "what else it is told"));
    } else {
      optional.forEach(
          one -> all.add(new Argument(one.name(), "@Nullable " + one.type(), one.description())));
    }
    List<Variant> variants = new ArrayList<>();
    if (!optional.isEmpty()) {
      String rest = grouped ? groupedType + ".builder().build()" : "null";
      variants.add(variant(required, rest));
    }
    variants.add(variant(all, ""));
    told.put("x-variants", variants);
    told.put("x-parameters", signature(all));
    told.put("x-grouped", grouped);
    told.put("x-grouped-type", groupedType);
    told.put("x-optionals", grouped ? optional : List.of());
  }

  private static Argument argument(CodegenParameter parameter) {
    String description = parameter.unescapedDescription;
    String text =
        description != null && !description.isBlank()
            ? description
            : parameter.isBodyParam ? "what is sent" : "{@code " + parameter.baseName + "}";
    return new Argument(parameter.paramName, parameter.dataType, text);
  }

  private static Variant variant(List<Argument> parameters, String rest) {
    String arguments =
        Stream.concat(parameters.stream().map(Argument::name), Stream.of(rest))
            .filter(argument -> !argument.isEmpty())
            .collect(Collectors.joining(", "));
    return new Variant(signature(parameters), arguments, parameters);
  }

  private static String signature(List<Argument> parameters) {
    return parameters.stream()
        .map(parameter -> parameter.type() + " " + parameter.name())
        .collect(Collectors.joining(", "));
  }

  private static boolean isPaged(CodegenOperation operation) {
    return operation.queryParams.stream()
        .anyMatch(parameter -> parameter.baseName.equals("cursor"));
  }

  /**
   * Adds a stream to an operation that lists page by page: a cursor in, items out.
   *
   * @return the type of the items
   */
  static Optional<String> stream(CodegenOperation operation, Stream<CodegenModel> models) {
    if (!isPaged(operation) || operation.returnType == null) {
      return Optional.empty();
    }
    Optional<String> type =
        models
            .filter(model -> model.classname.equals(operation.returnType))
            .flatMap(model -> model.vars.stream())
            .filter(property -> property.baseName.equals("items"))
            .map((CodegenProperty items) -> items.items.dataType)
            .findFirst();
    type.ifPresent(item ->
        operation.vendorExtensions.put(
            "x-stream",
            new Listing(
                "stream" + StringUtils.removeStart(operation.operationId, "list"),
                item,
                String.valueOf(operation.vendorExtensions.get("x-grouped-type")))));
    return type;
  }
}
