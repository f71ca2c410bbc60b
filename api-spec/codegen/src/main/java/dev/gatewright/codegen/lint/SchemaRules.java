package dev.gatewright.codegen.lint;

import java.util.Map;

/** Types, their properties, parameters, and where words and examples have to be. */
final class SchemaRules {
  private final ContractFiles files;
  private final Walk walk;
  private final Findings findings;

  SchemaRules(ContractFiles files, Walk walk, Findings findings) {
    this.files = files;
    this.walk = walk;
    this.findings = findings;
  }

  void check() {
    for (Part schema : walk.all("Schema")) {
      if (isFile(schema)) {
        file(schema);
      }
      properties(schema);
      findings.check(
          !schema.member("type").text().equals("array") || schema.has("items"),
          Rule.MISSING_KEY,
          schema,
          "`items` is missing");
    }
    walk.all("Parameter").forEach(this::parameter);
    walk.all("Header").forEach(header -> described(header, "the header"));
    walk.all("Tag").forEach(tag -> described(tag, "tag " + tag.member("name").text()));
    walk.all("Response").forEach(answer -> described(answer, "the answer"));
    walk.all("RequestBody").forEach(this::content);
    walk.all("Response").forEach(this::content);
  }

  private static boolean isFile(Part schema) {
    return schema.file().name().contains("/schemas/") && schema.line() == 1;
  }

  private void file(Part schema) {
    String name = schema.file().name().replaceAll(".*/", "").replaceAll("\\.yaml$", "");
    findings.check(
        name.matches("[A-Z][A-Za-z0-9]*"),
        Rule.SCHEMA_NAME,
        schema,
        name + " is not UpperCamelCase");
    described(schema, name);
  }

  private void properties(Part schema) {
    Map<String, Part> properties = schema.member("properties").members();
    properties.forEach((name, property) -> {
      findings.check(
          name.matches("[a-z][a-z0-9_]*"),
          Rule.SNAKE_CASE,
          property,
          "property `" + name + "` is not snake_case");
      if (!property.has("$ref")) {
        described(property, "property `" + name + "`");
        findings.check(
            !property.member("format").text().equals("password")
                || property.member("writeOnly").isTrue(),
            Rule.PASSWORD_WRITE_ONLY,
            property,
            "property `" + name + "` is a password and not writeOnly");
      }
    });
    for (Part required : schema.member("required").items()) {
      findings.check(
          properties.containsKey(required.text()),
          Rule.REQUIRED_EXISTS,
          required,
          "`" + required.text() + "` is required and no property");
    }
  }

  private void parameter(Part parameter) {
    String name = parameter.member("name").text();
    findings.check(
        parameter.member("in").text().equals("header") || name.matches("[a-z][a-z0-9_]*"),
        Rule.SNAKE_CASE,
        parameter.member("name"),
        "parameter `" + name + "` is not snake_case");
    described(parameter, "parameter `" + name + "`");
    findings.check(
        parameter.has("example") || parameter.has("examples"),
        Rule.EXAMPLE_PRESENT,
        parameter,
        "parameter `" + name + "` has no example");
  }

  private void content(Part holder) {
    holder
        .member("content")
        .members()
        .forEach((type, content) ->
            findings.check(
                type.startsWith("text/") || content.member("schema").has("$ref"),
                Rule.NO_INLINE_SCHEMA,
                content,
                type + " has an inline schema"));
  }

  private void described(Part part, String what) {
    findings.check(
        files.followed(part).member("description").hasText(),
        Rule.DESCRIPTION,
        part,
        what + " is not described");
  }
}
