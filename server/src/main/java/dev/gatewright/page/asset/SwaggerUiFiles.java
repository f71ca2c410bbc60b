package dev.gatewright.page.asset;

import io.micronaut.http.MediaType;
import jakarta.inject.Singleton;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;

/** What the browser needs of Swagger UI, from its jar, read when first asked for. */
@Singleton
final class SwaggerUiFiles {

  private static final Map<String, MediaType> TYPES =
      Map.of(
          "swagger-ui.css", MediaType.of("text/css;charset=utf-8"),
          "swagger-ui-bundle.js", MediaType.of("text/javascript;charset=utf-8"),
          "oauth2-redirect.html", MediaType.of("text/html;charset=utf-8"),
          "oauth2-redirect.js", MediaType.of("text/javascript;charset=utf-8"));

  private final String version = readVersion();
  private final Map<String, StaticFile> files = new ConcurrentHashMap<>();

  /** The URL's path and query: {@code /swagger-ui/swagger-ui.css?v=01234567}. */
  String href(String fileName) {
    return "/swagger-ui/" + fileName + "?v=" + named(fileName).orElseThrow().version();
  }

  /** A file by its name; empty for a name that no page uses. */
  Optional<StaticFile> named(String fileName) {
    var type = TYPES.get(fileName);
    return type == null
        ? Optional.empty()
        : Optional.of(
            files.computeIfAbsent(
                fileName,
                name ->
                    StaticFile.read(
                        "/META-INF/resources/webjars/swagger-ui/" + version + "/" + name, type)));
  }

  private static String readVersion() {
    var resource = "/META-INF/maven/org.webjars/swagger-ui/pom.properties";
    try (var in = SwaggerUiFiles.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new FileNotFoundException(resource);
      }
      var properties = new Properties();
      properties.load(in);
      return properties.getProperty("version");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
