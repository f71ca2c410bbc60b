package dev.gatewright.codegen.compat;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openapitools.openapidiff.core.OpenApiCompare;
import org.openapitools.openapidiff.core.compare.OpenApiDiffOptions;
import org.openapitools.openapidiff.core.model.ChangedOpenApi;
import org.openapitools.openapidiff.core.model.ChangedOperation;

/**
 * Two states of the contract. What breaks callers is named by our own rules; openapi-diff, which
 * knows fewer kinds of change but more of OpenAPI, is the net beneath them.
 */
final class Comparison {

  /** A header that is always there now breaks nobody. */
  private static final OpenApiDiffOptions WITHOUT_FALSE_ALARMS =
      OpenApiDiffOptions.builder()
          .configProperty("incompatible.response.header.required.increased", "false")
          .build();

  private final OpenAPI before;
  private final OpenAPI now;
  private final Breaks breaks = new Breaks();

  Comparison(OpenAPI before, OpenAPI now) {
    this.before = before;
    this.now = now;
  }

  /** Every breaking change, a sentence each. */
  List<String> breaks() {
    new SecurityComparison(before, now, breaks).schemes();
    Map<String, Operation> operations = operations(now);
    operations(before)
        .forEach((name, operation) -> {
          Operation same = operations.get(name);
          if (same == null) {
            gone(name, operation, operations);
          } else {
            new OperationComparison(before, now, name, breaks).compare(operation, same);
          }
        });
    if (breaks.sentences().isEmpty()) {
      net();
    }
    return breaks.sentences();
  }

  private void gone(String name, Operation operation, Map<String, Operation> operations) {
    operations.entrySet().stream()
        .filter(other -> operation.getOperationId().equals(other.getValue().getOperationId()))
        .map(Map.Entry::getKey)
        .findFirst()
        .ifPresentOrElse(
            other -> breaks.add(name, "the operation moved to %s", other),
            () -> breaks.add(name, "the operation was removed"));
  }

  private void net() {
    ChangedOpenApi changes = OpenApiCompare.fromSpecifications(before, now, WITHOUT_FALSE_ALARMS);
    if (changes.isIncompatible()) {
      for (ChangedOperation operation : changes.getChangedOperations()) {
        if (operation.isIncompatible()) {
          breaks.add(
              operation.getHttpMethod() + " " + operation.getPathUrl(),
              "openapi-diff calls a change of this operation incompatible");
        }
      }
      if (breaks.sentences().isEmpty()) {
        breaks.add("The contract", "openapi-diff calls a change incompatible");
      }
    }
  }

  private static Map<String, Operation> operations(OpenAPI contract) {
    Map<String, Operation> operations = new LinkedHashMap<>();
    contract
        .getPaths()
        .forEach((path, item) ->
            item.readOperationsMap()
                .forEach((method, operation) -> {
                  operations.put(method + " " + path, withParametersOf(item, operation));
                }));
    return operations;
  }

  /** Parameters of the path are parameters of each of its operations. */
  private static Operation withParametersOf(PathItem item, Operation operation) {
    if (item.getParameters() != null) {
      item.getParameters()
          .forEach(parameter -> {
            if (operation.getParameters() == null
                || !operation.getParameters().contains(parameter)) {
              operation.addParametersItem(parameter);
            }
          });
    }
    return operation;
  }
}
