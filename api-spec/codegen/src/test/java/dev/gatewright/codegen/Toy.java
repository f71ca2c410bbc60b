package dev.gatewright.codegen;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.openapitools.codegen.DefaultGenerator;
import org.openapitools.codegen.config.CodegenConfigurator;

/** What a generator makes of the toy contract. */
final class Toy {
  static final Path CONTRACT = Path.of("src/test/resources/toy.yaml");

  private final Path output;

  private Toy(Path output) {
    this.output = output;
  }

  static Toy generated(String generator, Path output, Map<String, Object> options) {
    return generated(CONTRACT, generator, output, options);
  }

  static Toy generated(Path contract, String generator, Path output, Map<String, Object> options) {
    CodegenConfigurator configurator =
        new CodegenConfigurator()
            .setGeneratorName(generator)
            .setInputSpec(contract.toString())
            .setOutputDir(output.resolve("toy").toString())
            .setApiPackage("toy.api")
            .setModelPackage("toy.model")
            .setInvokerPackage("toy")
            .addGlobalProperty("skipFormModel", "false");
    options.forEach(configurator::addAdditionalProperty);
    if (options.containsKey("library")) {
      configurator.setLibrary((String) options.get("library"));
    }
    new DefaultGenerator().opts(configurator.toClientOptInput()).generate();
    return new Toy(output);
  }

  /** The source of a class, with every run of white space as one space. */
  String source(String type) throws IOException {
    try (Stream<Path> files = Files.walk(output)) {
      Path file =
          files
              .filter(path -> path.endsWith(type + ".java"))
              .findFirst()
              .orElseThrow(() -> new AssertionError("No " + type + " was generated"));
      return Files.readString(file).replaceAll("\\s+", " ");
    }
  }
}
