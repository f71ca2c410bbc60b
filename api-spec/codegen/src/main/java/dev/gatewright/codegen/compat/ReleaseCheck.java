package dev.gatewright.codegen.compat;

import dev.gatewright.codegen.reference.ReferenceSite;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.parser.OpenAPIV3Parser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Refuses a contract that breaks callers of the last release, unless its major version has risen,
 * and writes the contract's change log.
 *
 * <p>{@code releases/} has the resolved contract of each release, named by its version.
 */
public final class ReleaseCheck {

  private ReleaseCheck() {}

  /**
   * Checks, and writes.
   *
   * @param arguments the folder of the releases; the resolved contract; the change log to write;
   *     the folders of the reference site, which show it
   */
  public static void main(String[] arguments) throws IOException {
    Path contract = Path.of(arguments[1]);
    SortedMap<Version, Path> releases = releases(Path.of(arguments[0]));
    String changes = new ContractChanges(releases, contract).markdown();
    Files.writeString(Path.of(arguments[2]), changes);
    for (int i = 3; i < arguments.length; i++) {
      new ReferenceSite(Path.of(arguments[i])).writeChanges(changes);
    }
    List<String> breaks = check(releases, contract);
    if (!breaks.isEmpty()) {
      throw new IllegalStateException(
          "the contract breaks callers of release %s:\n  %s\nWithdraw the changes, or raise the major version in info.version."
              .formatted(releases.lastKey(), String.join("\n  ", breaks)));
    }
  }

  /** What breaks callers of the last release, and may not: nothing where the major version rose. */
  static List<String> check(SortedMap<Version, Path> releases, Path contract) {
    if (releases.isEmpty()) {
      return List.of();
    }
    OpenAPI now = read(contract);
    if (Version.of(now.getInfo().getVersion()).major() > releases.lastKey().major()) {
      return List.of();
    }
    return new Comparison(read(releases.get(releases.lastKey())), now).breaks();
  }

  static SortedMap<Version, Path> releases(Path folder) throws IOException {
    SortedMap<Version, Path> releases = new TreeMap<>();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        files
            .filter(file -> file.toString().endsWith(".yaml"))
            .forEach(file ->
                releases.put(
                    Version.of(file.getFileName().toString().replaceAll("\\.yaml$", "")), file));
      }
    }
    return releases;
  }

  static OpenAPI read(Path contract) {
    OpenAPI read = new OpenAPIV3Parser().read(contract.toString());
    if (read == null) {
      throw new IllegalArgumentException(contract + " cannot be read");
    }
    return read;
  }
}
