package dev.gatewright.codegen;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Writes out, for each operation, what the contract says once for all of them: the answers of
 * {@code x-any-operation}, the headers by which pages of other origins may read the answers of an
 * {@code x-cross-origin} operation, and those by which a deprecated operation says that it is.
 */
final class AnyOperation {

  /** At the root: entries of {@code below} (paths) and {@code responses} (by status, named). */
  private static final String RULES = "x-any-operation";

  /** Header, and its name among the contract's. */
  private static final Map<String, String> CROSS_ORIGIN_HEADERS =
      Map.of(
          "Access-Control-Allow-Origin", "AccessControlAllowOrigin",
          "Access-Control-Expose-Headers", "AccessControlExposeHeaders",
          "Vary", "VaryOrigin");

  private static final Pattern FILE = Pattern.compile("\\./(\\w+)/(\\w+)\\.yaml");

  private final OpenAPI contract;

  private AnyOperation(OpenAPI contract) {
    this.contract = contract;
  }

  /** Changes the contract. */
  static void writeOut(OpenAPI contract) {
    if (contract.getComponents().getResponses() != null) {
      contract.getComponents().getResponses().values().forEach(AnyOperation::resolveWithin);
    }
    AnyOperation all = new AnyOperation(contract);
    contract
        .getPaths()
        .forEach((path, item) ->
            item.readOperations().forEach(operation -> all.writeOut(path, operation)));
  }

  private void writeOut(String path, Operation operation) {
    ApiResponses responses = operation.getResponses();
    rule(path)
        .map(rule -> (Map<?, ?>) rule.get("responses"))
        .ifPresent(named ->
            named.forEach((status, name) ->
                responses.computeIfAbsent(
                    (String) status, absent -> new ApiResponse().$ref((String) name))));
    if (Contract.isTrue(operation.getExtensions(), Contract.CROSS_ORIGIN)) {
      Map<String, Header> readable = readableFromOtherOrigins();
      responses.replaceAll((status, response) -> with(readable, response));
    }
    Map<String, Header> deprecated = Deprecation.headers(operation.getExtensions());
    if (!deprecated.isEmpty()) {
      responses.replaceAll((status, response) -> with(deprecated, response));
    }
    ApiResponses inOrder = new ApiResponses();
    responses.keySet().stream()
        .sorted()
        .forEach(status -> inOrder.put(status, responses.get(status)));
    inOrder.setExtensions(responses.getExtensions());
    operation.setResponses(inOrder);
  }

  private Optional<Map<?, ?>> rule(String path) {
    Map<String, Object> extensions = contract.getExtensions();
    Object rules = extensions == null ? null : extensions.get(RULES);
    if (!(rules instanceof List<?> list)) {
      return Optional.empty();
    }
    for (Object rule : list) {
      if (rule instanceof Map<?, ?> fields
          && fields.get("below") instanceof List<?> below
          && below.stream().anyMatch(prefix -> path.startsWith((String) prefix))) {
        return Optional.of(fields);
      }
    }
    return Optional.empty();
  }

  private static Map<String, Header> readableFromOtherOrigins() {
    Map<String, Header> headers = new LinkedHashMap<>();
    CROSS_ORIGIN_HEADERS.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(header -> headers.put(header.getKey(), new Header().$ref(header.getValue())));
    return headers;
  }

  /** The same answer, which has these headers unless it states them itself. */
  private ApiResponse with(Map<String, Header> added, ApiResponse response) {
    ApiResponse stated = resolved(response);
    Map<String, Header> headers =
        new LinkedHashMap<>(stated.getHeaders() == null ? Map.of() : stated.getHeaders());
    added.forEach(headers::putIfAbsent);
    ApiResponse changed = new ApiResponse();
    changed.setDescription(stated.getDescription());
    changed.setHeaders(headers);
    changed.setContent(stated.getContent());
    changed.setLinks(stated.getLinks());
    changed.setExtensions(stated.getExtensions());
    return changed;
  }

  /** What only the contract's list of responses names, the parser leaves as a path to a file. */
  private static void resolveWithin(ApiResponse response) {
    if (response.getHeaders() != null) {
      response.getHeaders().values().forEach(header -> header.set$ref(local(header.get$ref())));
    }
    if (response.getContent() != null) {
      response.getContent().values().stream()
          .map(MediaType::getSchema)
          .filter(Objects::nonNull)
          .forEach(schema -> schema.set$ref(local(schema.get$ref())));
    }
  }

  /** {@code ./schemas/User.yaml} is {@code #/components/schemas/User}. */
  private static String local(String ref) {
    return ref == null ? null : FILE.matcher(ref).replaceFirst("#/components/$1/$2");
  }

  private ApiResponse resolved(ApiResponse response) {
    ApiResponse found = response;
    while (found.get$ref() != null) {
      String name = found.get$ref().substring(found.get$ref().lastIndexOf('/') + 1);
      found = contract.getComponents().getResponses().get(name);
    }
    return found;
  }
}
