package dev.gatewright.codegen.lint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.Node;

/** The files that the contract is written in, read when something refers to them. */
final class ContractFiles {
  private final Path root;
  private final Path repository;
  private final Findings findings;
  private final Map<Path, Part> read = new HashMap<>();
  private final Set<Path> broken = new HashSet<>();

  /**
   * Nothing is read yet.
   *
   * @param root the contract's first file, {@code api-spec/openapi/openapi.yaml}
   */
  ContractFiles(Path root, Findings findings) {
    this.root = root.toAbsolutePath().normalize();
    this.repository = this.root.getParent().getParent().getParent();
    this.findings = findings;
  }

  Part contract() {
    return read(root);
  }

  /** What a reference from this part names; absent when there is no such thing. */
  Part resolve(Part from) {
    String reference = from.reference();
    int hash = reference.indexOf('#');
    String path = hash < 0 ? reference : reference.substring(0, hash);
    Path file = from.file().path();
    if (!path.isEmpty()) {
      file = file.resolveSibling(path).normalize();
    }
    if (!Files.isRegularFile(file)) {
      return new Part(from.file(), null, from.line());
    }
    Part found = read(file);
    String pointer = hash < 0 ? "" : reference.substring(hash + 1);
    for (String step : pointer.split("/")) {
      if (!step.isEmpty()) {
        found = found.member(step.replace("~1", "/").replace("~0", "~"));
      }
    }
    return found.exists() || broken.contains(file)
        ? found
        : new Part(from.file(), null, from.line());
  }

  /** The part itself, or what its references lead to. */
  Part followed(Part part) {
    Part found = part;
    for (int steps = 0; found.has("$ref") && steps < 20; steps++) {
      found = resolve(found);
    }
    return found;
  }

  /** Files beside and below the contract that nothing has referred to. */
  List<Part> unused() {
    try (Stream<Path> files = Files.walk(root.getParent())) {
      return files
          .filter(file -> file.toString().endsWith(".yaml"))
          .filter(file -> !read.containsKey(file))
          .map(file -> new Part(source(file), null, 1))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Part read(Path file) {
    Part known = read.get(file);
    if (known == null) {
      known = parse(file);
      read.put(file, known);
    }
    return known;
  }

  private Part parse(Path file) {
    SourceFile source = source(file);
    try {
      Node node = new Yaml(new LoaderOptions()).compose(Files.newBufferedReader(file));
      return new Part(source, node, 1);
    } catch (MarkedYAMLException e) {
      broken.add(file);
      int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
      findings.add(Rule.YAML_SYNTAX, new Part(source, null, line), e.getProblem());
      return new Part(source, null, line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private SourceFile source(Path file) {
    return new SourceFile(file, repository.relativize(file).toString().replace('\\', '/'));
  }
}
