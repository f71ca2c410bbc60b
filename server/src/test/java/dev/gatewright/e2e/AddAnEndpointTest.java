package dev.gatewright.e2e;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Plays docs/add-an-endpoint.md on a copy of the project: its files are written, its commands run,
 * and what it says that they say has to be said. One block after the other, as a reader would.
 */
class AddAnEndpointTest {
  private static final Pattern BLOCK = Pattern.compile("(?s)```(\\w+)\n(.*?)```");
  private static final Pattern NEW_FILE = Pattern.compile("New file\\s`([^`]+)`:$");
  private static final Pattern IN_FILE =
      Pattern.compile("In\\s+`([^`]+)`,\\s+below\\s+`([^`]+)`:$");

  @TempDir Path folder;

  @Test
  void whatTheGuideSaysIsSo() throws Exception {
    String guide = Files.readString(Path.of("..", "docs", "add-an-endpoint.md"));
    int blocks = 0;
    int read = 0;
    try (ProjectCopy project = ProjectCopy.in(folder)) {
      for (Matcher block = BLOCK.matcher(guide); block.find(); blocks++) {
        String before = guide.substring(read, block.start()).stripTrailing();
        read = block.end();
        Matcher created = NEW_FILE.matcher(before);
        Matcher changed = IN_FILE.matcher(before);
        if (created.find()) {
          project.create(created.group(1), block.group(2));
        } else if (changed.find()) {
          project.insert(changed.group(1), changed.group(2), block.group(2));
        } else if (block.group(1).equals("console")) {
          console(project, block.group(2));
        } else {
          inTheSdk(project, block.group(2).strip());
        }
      }
    }
    assertTrue(blocks >= 8, "Only " + blocks + " blocks");
  }

  /** Commands, each followed by what it says. */
  private static void console(ProjectCopy project, String block) throws Exception {
    String said = "";
    for (String line : block.lines().toList()) {
      switch (line) {
        case "$ mvn -q compile" -> said = project.maven("-q", "compile");
        case "$ mvn" -> project.start();
        case String command when command.startsWith("$ curl -i ") ->
            said = get(project.address(URI.create(command.substring(10)).getPath()));
        case String command when command.startsWith("$ ") -> fail(command);
        default -> {
          String all = said;
          assertTrue(all.contains(line), () -> line + "\nis not in\n" + all);
        }
      }
    }
  }

  private static String get(URI address) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
      StringBuilder said = new StringBuilder("HTTP/1.1 %d OK\n".formatted(answer.statusCode()));
      answer
          .headers()
          .map()
          .forEach((name, values) -> {
            // As curl shows it; the client has put it in lower case.
            String shown = name.equals("cache-control") ? "Cache-Control" : name;
            values.forEach(value -> said.append(shown).append(": ").append(value).append('\n'));
          });
      return said.append(answer.body()).toString();
    }
  }

  /** The method is in the SDK's compiled class, once the SDK has been compiled. */
  private static void inTheSdk(ProjectCopy project, String method) throws Exception {
    String said = project.maven("-q", "compile");
    assertTrue(!said.contains("ERROR"), said);
    String type = method.substring(0, method.lastIndexOf('.'));
    String name = method.substring(type.length() + 1).replace("()", "");
    URL classes = project.path("generated-client/target/classes").toUri().toURL();
    try (URLClassLoader sdk = new OwnFirst(new URL[] {classes})) {
      assertNotNull(sdk.loadClass(type).getMethod(name));
    }
  }

  /** The copy's classes before those that this test has. */
  private static final class OwnFirst extends URLClassLoader {
    private OwnFirst(URL[] classes) {
      super(classes, AddAnEndpointTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      return name.startsWith("dev.gatewright.client.")
          ? findClass(name)
          : super.loadClass(name, resolve);
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      Class<?> known = findLoadedClass(name);
      return known == null ? super.findClass(name) : known;
    }
  }
}
