package dev.gatewright.codegen.compat;

import io.swagger.v3.oas.models.OpenAPI;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.openapitools.openapidiff.core.OpenApiCompare;
import org.openapitools.openapidiff.core.model.ChangedOpenApi;
import org.openapitools.openapidiff.core.output.MarkdownRender;

/**
 * The contract's change log, from release to release and to the present, newest first: what breaks
 * callers in our words, everything as openapi-diff tells it.
 */
final class ContractChanges {
  private final SortedMap<Version, Path> releases;
  private final Path present;

  ContractChanges(SortedMap<Version, Path> releases, Path present) {
    this.releases = releases;
    this.present = present;
  }

  String markdown() throws IOException {
    List<String> chapters = new ArrayList<>();
    Version last = null;
    for (Version version : releases.keySet()) {
      chapters.add(
          last == null
              ? "## " + version + "\n\nThe first release of the contract.\n"
              : chapter(version.toString(), releases.get(last), releases.get(version)));
      last = version;
    }
    if (last != null) {
      chapters.add(chapter("The present, since " + last, releases.get(last), present));
    }
    StringBuilder page = new StringBuilder("# Changes of the contract\n");
    for (int i = chapters.size() - 1; i >= 0; i--) {
      page.append('\n').append(chapters.get(i));
    }
    return page.toString();
  }

  private static String chapter(String title, Path before, Path now) throws IOException {
    StringBuilder chapter = new StringBuilder("## " + title + "\n\n");
    List<String> breaks =
        new Comparison(ReleaseCheck.read(before), ReleaseCheck.read(now)).breaks();
    if (!breaks.isEmpty()) {
      chapter.append("Breaks callers:\n\n");
      breaks.forEach(sentence -> chapter.append("- ").append(sentence).append('\n'));
      chapter.append('\n');
    }
    // Read anew: the comparison changes what it compares.
    OpenAPI old = ReleaseCheck.read(before);
    ChangedOpenApi changes = OpenApiCompare.fromSpecifications(old, ReleaseCheck.read(now));
    if (changes.isUnchanged()) {
      return chapter.append("Nothing changed.\n").toString();
    }
    ByteArrayOutputStream rendered = new ByteArrayOutputStream();
    try (OutputStreamWriter out = new OutputStreamWriter(rendered, StandardCharsets.UTF_8)) {
      new MarkdownRender().render(changes, out);
    }
    // Its headings begin at the first level.
    return chapter
        .append(rendered.toString(StandardCharsets.UTF_8).replaceAll("(?m)^#", "###"))
        .append('\n')
        .toString();
  }
}
