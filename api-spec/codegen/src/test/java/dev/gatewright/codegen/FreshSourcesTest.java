package dev.gatewright.codegen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FreshSourcesTest {
  private static final FileTime LONG_AGO = FileTime.fromMillis(1_000_000_000_000L);

  @TempDir Path output;
  private Path things;

  @BeforeEach
  void generate() throws IOException {
    again();
    things = output.resolve("toy/src/main/java/toy/api/ThingsApi.java");
  }

  @Test
  void aSourceThatComesOutTheSameKeepsItsTimeStamp() throws IOException {
    Files.setLastModifiedTime(things, LONG_AGO);

    again();

    assertEquals(LONG_AGO, Files.getLastModifiedTime(things));
  }

  @Test
  void aNewDescriptionChangesNoSourceOfTheServer() throws IOException {
    Path described = output.resolve("described.yaml");
    String contract = Files.readString(Toy.CONTRACT);
    Files.writeString(
        described,
        contract
            .replace("summary: See", "summary: See\n      description: In other words")
            .replace(
                "kind:\n          type: string",
                "kind:\n          description: Which.\n          type: string"));
    assertTrue(Files.readString(described).length() > contract.length() + 40);
    List<Path> sources = sources();
    for (Path source : sources) {
      Files.setLastModifiedTime(source, LONG_AGO);
    }

    Toy.generated(described, ServerCodegen.NAME, output, Map.of());

    assertEquals(sources, sources());
    for (Path source : sources) {
      assertEquals(LONG_AGO, Files.getLastModifiedTime(source), source.toString());
    }
  }

  @Test
  void aSourceThatDiffersIsWritten() throws IOException {
    Files.writeString(things, "// another one");
    Files.setLastModifiedTime(things, LONG_AGO);

    again();

    assertNotEquals(LONG_AGO, Files.getLastModifiedTime(things));
    assertFalse(Files.readString(things).contains("// another one"));
  }

  @Test
  void aSourceThatTheContractNoLongerHasIsDeleted() throws IOException {
    Path gone = things.resolveSibling("GoneApi.java");
    Files.writeString(gone, "interface GoneApi {}");

    again();

    assertFalse(Files.exists(gone));
  }

  private List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.walk(output)) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
  }

  private void again() {
    Toy.generated(ServerCodegen.NAME, output, Map.of());
  }
}
