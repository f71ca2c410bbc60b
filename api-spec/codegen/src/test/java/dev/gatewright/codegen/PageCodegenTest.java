package dev.gatewright.codegen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PageCodegenTest {
  private static final FileTime LONG_AGO = FileTime.fromMillis(1_000_000_000_000L);
  private static final String PACKAGE = "gg/jte/generated/precompiled/";

  @TempDir Path folder;
  private Path first;
  private Path second;

  @BeforeEach
  void generate() throws IOException {
    Files.createDirectories(folder.resolve("jte"));
    Files.writeString(folder.resolve("jte/first.jte"), "@param String name\n<p>${name}</p>\n");
    Files.writeString(folder.resolve("jte/second.jte"), "<p>second</p>\n");
    again();
    first = folder.resolve("sources/" + PACKAGE + "JtefirstGenerated.java");
    second = folder.resolve("sources/" + PACKAGE + "JtesecondGenerated.java");
    Files.setLastModifiedTime(first, LONG_AGO);
    Files.setLastModifiedTime(second, LONG_AGO);
  }

  @Test
  void onlyAChangedPageIsWritten() throws IOException {
    Files.writeString(folder.resolve("jte/second.jte"), "<p>changed</p>\n");

    again();

    assertEquals(LONG_AGO, Files.getLastModifiedTime(first));
    assertNotEquals(LONG_AGO, Files.getLastModifiedTime(second));
    assertTrue(Files.readString(second).contains("changed"));
  }

  @Test
  void sourceOfARemovedPageIsRemoved() throws IOException {
    Files.delete(folder.resolve("jte/second.jte"));

    again();

    assertTrue(Files.exists(first));
    assertFalse(Files.exists(second));
  }

  private void again() throws IOException {
    PageCodegen.generate(folder.resolve("jte"), folder.resolve("work"), folder.resolve("sources"));
  }
}
