package dev.gatewright.codegen;

import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.RequestBody;
import java.util.Map;

/** What the contract says beyond plain OpenAPI, and how both generators read it. */
final class Contract {

  /** On a property: its value is a secret in answers too, and is never printed. */
  static final String SECRET = "x-secret";

  /** On a schema: a JSON Merge Patch (RFC 7396), where an absent member and a null one differ. */
  static final String MERGE_PATCH = "x-merge-patch";

  /** On an operation: its parameters are checked by hand, because errors are not simply a 400. */
  static final String NO_VALIDATION = "x-no-validation";

  /** On an operation: pages of registered origins may read its answers. */
  static final String CROSS_ORIGIN = "x-cross-origin";

  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String JSON = "application/json";

  private Contract() {}

  /** Whether a property with this schema must not be printed. */
  static boolean isSecret(Schema<?> schema) {
    return "password".equals(schema.getFormat())
        || Boolean.TRUE.equals(schema.getWriteOnly())
        || isTrue(schema.getExtensions(), SECRET);
  }

  /** Whether this vendor extension is there and true. */
  static boolean isTrue(Map<String, Object> extensions, String name) {
    return extensions != null && Boolean.TRUE.equals(extensions.get(name));
  }

  /** Whether this request body is a form. */
  static boolean isForm(RequestBody body) {
    return body != null
        && body.getContent() != null
        && body.getContent().keySet().stream().anyMatch(FORM::equals);
  }

  /**
   * The media type that decides how the generator treats a request body. A form is treated as JSON
   * is, which makes it one typed object instead of one method parameter per field.
   */
  static String treatedAs(String mediaType) {
    return FORM.equals(mediaType) ? JSON : mediaType;
  }
}
