package dev.gatewright.codegen.compat;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.Map;

/** What references lead to in one resolved document; nothing where there is nothing. */
record References(OpenAPI contract) {

  Schema<?> schema(Schema<?> schema) {
    return schema == null || schema.get$ref() == null
        ? schema
        : at(components().getSchemas(), schema.get$ref());
  }

  Parameter parameter(Parameter parameter) {
    return parameter.get$ref() == null
        ? parameter
        : at(components().getParameters(), parameter.get$ref());
  }

  RequestBody body(RequestBody body) {
    return body == null || body.get$ref() == null
        ? body
        : at(components().getRequestBodies(), body.get$ref());
  }

  ApiResponse response(ApiResponse response) {
    return response.get$ref() == null
        ? response
        : at(components().getResponses(), response.get$ref());
  }

  Header header(Header header) {
    return header.get$ref() == null ? header : at(components().getHeaders(), header.get$ref());
  }

  /** The last step of a reference: a type's name. */
  static String name(String reference) {
    return reference.substring(reference.lastIndexOf('/') + 1);
  }

  private Components components() {
    return contract.getComponents();
  }

  private static <T> T at(Map<String, T> parts, String reference) {
    return parts.get(name(reference));
  }
}
