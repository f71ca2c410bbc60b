package dev.gatewright.codegen.reference;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/**
 * A static site on the contract. It needs no server: {@code index.html} opens from the folder; and
 * nothing comes from elsewhere.
 *
 * @param folder where it is written
 */
public record ReferenceSite(Path folder) {
  private static final List<String> OURS = List.of("index.html", "reference.css", "reference.js");

  private static final String ELSEWHERE = "https://cdn.redoc.ly/redoc/logo-mini.svg";

  /** Whether it was written before. */
  public boolean exists() {
    return Files.exists(folder.resolve("changes.html"));
  }

  /**
   * Writes the site; its change log stays, or is to come.
   *
   * @param yaml the resolved contract
   * @param json the same
   */
  public void write(String yaml, String json) throws IOException {
    Files.createDirectories(folder);
    for (String file : OURS) {
      Files.write(folder.resolve(file), resource("/gatewright-reference/" + file));
    }
    Files.writeString(folder.resolve("redoc.standalone.js"), redoc());
    Files.writeString(folder.resolve("openapi.yaml"), yaml);
    Files.writeString(folder.resolve("openapi.json"), json);
    Files.writeString(folder.resolve("contract.js"), "const contract = " + json + ";\n");
    if (!exists()) {
      writeChanges("The change log is written by `mvn verify`.");
    }
  }

  /**
   * Writes the page of the contract's changes.
   *
   * @param markdown the change log
   */
  public void writeChanges(String markdown) throws IOException {
    Files.createDirectories(folder);
    Node document = Parser.builder().build().parse(markdown);
    String html = HtmlRenderer.builder().escapeHtml(true).build().render(document);
    String page = new String(resource("/gatewright-reference/changes.html"), UTF_8);
    Files.writeString(folder.resolve("changes.html"), page.replace("@changes@", html));
  }

  /** Redoc as it is published, without the logo that it would fetch from elsewhere. */
  private static String redoc() throws IOException {
    String script = "/META-INF/resources/webjars/redoc/" + redocVersion() + "/redoc.standalone.js";
    return new String(resource(script), UTF_8).replace(ELSEWHERE, "data:,");
  }

  private static String redocVersion() throws IOException {
    Properties properties = new Properties();
    properties.load(
        new ByteArrayInputStream(resource("/META-INF/maven/org.webjars/redoc/pom.properties")));
    return properties.getProperty("version");
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = ReferenceSite.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new FileNotFoundException(name);
      }
      return in.readAllBytes();
    }
  }
}
