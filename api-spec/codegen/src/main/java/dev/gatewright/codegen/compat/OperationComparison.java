package dev.gatewright.codegen.compat;

import static dev.gatewright.codegen.compat.SchemaComparison.Direction.ANSWER;
import static dev.gatewright.codegen.compat.SchemaComparison.Direction.REQUEST;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** One operation, before and now. */
final class OperationComparison {
  private final OpenAPI contractBefore;
  private final OpenAPI contractNow;
  private final References before;
  private final References now;
  private final String name;
  private final Breaks breaks;
  private final SchemaComparison schemas;

  OperationComparison(OpenAPI before, OpenAPI now, String name, Breaks breaks) {
    this.contractBefore = before;
    this.contractNow = now;
    this.before = new References(before);
    this.now = new References(now);
    this.name = name;
    this.breaks = breaks;
    this.schemas = new SchemaComparison(this.before, this.now, breaks);
  }

  void compare(Operation old, Operation current) {
    if (!Objects.equals(old.getOperationId(), current.getOperationId())) {
      breaks.add(
          name,
          "operationId `%s` became `%s`, which renames the method in every SDK",
          old.getOperationId(),
          current.getOperationId());
    }
    if (!Objects.equals(old.getTags(), current.getTags())) {
      breaks.add(
          name,
          "tag %s became %s, which moves the method in every SDK",
          old.getTags(),
          current.getTags());
    }
    new SecurityComparison(contractBefore, contractNow, breaks).operation(name, old, current);
    parameters(parameters(old, before), parameters(current, now));
    body(before.body(old.getRequestBody()), now.body(current.getRequestBody()));
    responses(old, current);
  }

  private static Map<String, Parameter> parameters(Operation operation, References references) {
    Map<String, Parameter> parameters = new LinkedHashMap<>();
    if (operation.getParameters() != null) {
      for (Parameter reference : operation.getParameters()) {
        Parameter parameter = references.parameter(reference);
        parameters.put(
            "%s parameter `%s`".formatted(parameter.getIn(), parameter.getName()), parameter);
      }
    }
    return parameters;
  }

  private void parameters(Map<String, Parameter> old, Map<String, Parameter> current) {
    old.forEach((what, parameter) -> {
      Parameter same = current.get(what);
      if (same == null) {
        breaks.add(name, "%s was removed", what);
        return;
      }
      if (!isTrue(parameter.getRequired()) && isTrue(same.getRequired())) {
        breaks.add(name, "%s became required", what);
      }
      schemas.compare(REQUEST, name, what, parameter.getSchema(), same.getSchema());
    });
    current.forEach((what, parameter) -> {
      if (!old.containsKey(what) && isTrue(parameter.getRequired())) {
        breaks.add(name, "%s was added and is required", what);
      }
    });
  }

  private void body(RequestBody old, RequestBody current) {
    if (current == null) {
      if (old != null) {
        breaks.add(name, "the request body was removed");
      }
      return;
    }
    if (isTrue(current.getRequired()) && (old == null || !isTrue(old.getRequired()))) {
      breaks.add(name, "the request body became required");
    }
    if (old != null) {
      content(
          SchemaComparison.Direction.REQUEST,
          "the request",
          old.getContent(),
          current.getContent());
    }
  }

  private void responses(Operation old, Operation current) {
    for (String status :
        Breaks.gone(old.getResponses().keySet(), current.getResponses().keySet())) {
      breaks.add(name, "status %s was removed", status);
    }
    for (String status :
        Breaks.gone(current.getResponses().keySet(), old.getResponses().keySet())) {
      if (status.startsWith("2") || status.startsWith("3")) {
        breaks.add(name, "status %s was added, which callers do not expect of a success", status);
      }
    }
    old.getResponses()
        .forEach((status, reference) -> {
          ApiResponse same = current.getResponses().get(status);
          if (same != null) {
            response("answer " + status, before.response(reference), now.response(same));
          }
        });
  }

  private void response(String what, ApiResponse old, ApiResponse current) {
    Map<String, Header> headers = headers(current);
    headers(old)
        .forEach((header, reference) -> {
          if (!headers.containsKey(header)) {
            breaks.add(name, "%s no longer has the header %s", what, header);
            return;
          }
          Header earlier = before.header(reference);
          Header later = now.header(headers.get(header));
          if (isTrue(earlier.getRequired()) && !isTrue(later.getRequired())) {
            breaks.add(name, "%s may now lack the header %s", what, header);
          }
          schemas.compare(
              ANSWER, name, what + "'s header " + header, earlier.getSchema(), later.getSchema());
        });
    content(ANSWER, what, old.getContent(), current.getContent());
  }

  private void content(
      SchemaComparison.Direction direction, String what, Content old, Content current) {
    if (old == null) {
      return;
    }
    old.forEach((type, media) -> {
      if (current == null || !current.containsKey(type)) {
        breaks.add(name, "%s no longer has the media type %s", what, type);
      } else {
        schemas.compare(direction, name, what, media.getSchema(), current.get(type).getSchema());
      }
    });
  }

  private static Map<String, Header> headers(ApiResponse response) {
    return response.getHeaders() == null ? Map.of() : response.getHeaders();
  }

  private static boolean isTrue(Boolean value) {
    return Boolean.TRUE.equals(value);
  }
}
