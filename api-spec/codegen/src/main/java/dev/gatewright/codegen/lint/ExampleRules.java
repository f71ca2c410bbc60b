package dev.gatewright.codegen.lint;

/** Examples are there, and are what their schemas say. */
final class ExampleRules {
  private final ContractFiles files;
  private final Walk walk;
  private final Findings findings;
  private final Instance instance;

  ExampleRules(ContractFiles files, Walk walk, Findings findings) {
    this.files = files;
    this.walk = walk;
    this.findings = findings;
    this.instance = new Instance(files, findings);
  }

  void check() {
    for (Part schema : walk.all("Schema")) {
      if (schema.has("example")) {
        instance.matches(schema.member("example"), schema, "the example");
      }
      if (schema.has("default")) {
        instance.matches(schema.member("default"), schema, "the default");
      }
    }
    walk.all("Parameter").forEach(this::ofHolder);
    walk.all("Header").forEach(this::ofHolder);
    walk.all("MediaType").forEach(this::ofHolder);
    walk.all("Schema").forEach(this::properties);
  }

  private void ofHolder(Part holder) {
    Part schema = holder.member("schema");
    if (holder.has("example")) {
      instance.matches(holder.member("example"), schema, "the example");
    }
    holder
        .member("examples")
        .members()
        .forEach((name, reference) -> {
          Part example = files.followed(reference);
          findings.check(
              example.has("value"),
              Rule.EXAMPLE_PRESENT,
              example,
              "example " + name + " has no value");
          if (example.has("value")) {
            instance.matches(example.member("value"), schema, "example " + name);
          }
        });
  }

  /** What a mock answers is put together from these, where a type has no example of its own. */
  private void properties(Part schema) {
    if (schema.has("example")) {
      return;
    }
    schema
        .member("properties")
        .members()
        .forEach((name, property) -> {
          String type = property.member("type").text();
          boolean simple =
              type.equals("string")
                  || type.equals("integer")
                  || type.equals("number")
                  || type.equals("boolean");
          findings.check(
              !simple
                  || isSecret(property)
                  || property.has("example")
                  || property.has("enum")
                  || property.has("default"),
              Rule.EXAMPLE_PRESENT,
              property,
              "property `" + name + "` has no example");
        });
  }

  /** A password that stands in a contract would be used. */
  private static boolean isSecret(Part property) {
    return property.member("format").text().equals("password");
  }
}
