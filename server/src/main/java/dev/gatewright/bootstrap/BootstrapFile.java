package dev.gatewright.bootstrap;

import dev.gatewright.settings.InvalidSettingException;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Reads the file of {@code gatewright.bootstrap-file}: a path, or {@code classpath:} and the name
 * of a resource.
 */
final class BootstrapFile {
  private static final String KEY = "gatewright.bootstrap-file";
  private static final String CLASSPATH = "classpath:";

  private BootstrapFile() {}

  /**
   * The declarations of a file.
   *
   * @throws InvalidSettingException it cannot be read, or has a mistake, by line and field
   */
  static Declarations read(String location, Placeholders placeholders) {
    return parse(location, decode(location, bytes(location)), placeholders);
  }

  /** The declarations of a text; {@code file} is what mistakes call it. */
  static Declarations parse(String file, String yaml, Placeholders placeholders) {
    @Nullable Node root = compose(file, yaml);
    return root == null
        ? Declarations.NONE
        : Declarations.read(new YamlSection(file, "", root, placeholders));
  }

  private static @Nullable Node compose(String file, String yaml) {
    try {
      return new Yaml(new SafeConstructor(new LoaderOptions())).compose(new StringReader(yaml));
    } catch (MarkedYAMLException e) {
      @Nullable Mark mark = e.getProblemMark();
      int line = mark == null ? 1 : mark.getLine() + 1;
      throw new InvalidSettingException(
          "%s, line %d: the YAML is malformed: %s.".formatted(file, line, e.getProblem()));
    } catch (YAMLException e) {
      throw new InvalidSettingException("%s is not YAML: %s.".formatted(file, firstLine(e)));
    }
  }

  private static String firstLine(YAMLException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("it cannot be read");
  }

  private static byte[] bytes(String location) {
    try {
      if (!location.startsWith(CLASSPATH)) {
        return Files.readAllBytes(Path.of(location));
      }
      String name = location.substring(CLASSPATH.length());
      try (@Nullable InputStream resource =
          BootstrapFile.class.getClassLoader().getResourceAsStream(name)) {
        if (resource != null) {
          return resource.readAllBytes();
        }
      }
    } catch (IOException | InvalidPathException e) {
      throw new InvalidSettingException(KEY, location, "a file that can be read");
    }
    throw new InvalidSettingException(KEY, location, "a file that can be read");
  }

  private static String decode(String location, byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new InvalidSettingException("%s is not UTF-8.".formatted(location));
    }
  }
}
