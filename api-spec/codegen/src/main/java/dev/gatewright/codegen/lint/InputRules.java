package dev.gatewright.codegen.lint;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What callers send to the API has limits. OAuth's endpoints answer by their own errors instead.
 */
final class InputRules {
  private static final Set<String> SHORT = Set.of("uuid", "date", "date-time");

  private final ContractFiles files;
  private final Findings findings;
  private final Set<Part> seen = new HashSet<>();

  InputRules(ContractFiles files, Findings findings) {
    this.files = files;
    this.findings = findings;
  }

  void check(List<Operation> operations) {
    for (Operation operation : operations) {
      if (operation.isApi()) {
        for (Part parameter : operation.parameters(files)) {
          limited(
              parameter.member("schema"), "parameter `" + parameter.member("name").text() + "`");
        }
        files
            .followed(operation.body().member("requestBody"))
            .member("content")
            .members()
            .forEach((type, content) -> limited(content.member("schema"), "the body"));
      }
    }
  }

  private void limited(Part reference, String what) {
    Part schema = files.followed(reference);
    if (!schema.exists() || !seen.add(schema)) {
      return;
    }
    switch (schema.member("type").text()) {
      case "string" ->
          findings.check(
              schema.has("maxLength")
                  || schema.has("enum")
                  || SHORT.contains(schema.member("format").text()),
              Rule.LIMITED_INPUT,
              schema,
              what + " has no maxLength");
      case "array" -> {
        findings.check(
            schema.has("maxItems"), Rule.LIMITED_INPUT, schema, what + " has no maxItems");
        limited(schema.member("items"), "an item of " + what);
      }
      default -> {}
    }
    schema
        .member("properties")
        .members()
        .forEach((name, property) -> limited(property, "property `" + name + "`"));
  }
}
