package dev.gatewright.codegen;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * Where a generator writes before {@link Mirror} brings over what has changed: a folder beside the
 * one that is compiled, emptied at the start.
 */
final class FreshSources {
  private final Path compiled;
  private final Path fresh;

  private FreshSources(Path compiled) {
    this.compiled = compiled;
    this.fresh = compiled.resolveSibling(compiled.getFileName() + "-fresh");
  }

  /** Beside the folder that the build gave as {@code output}. */
  static FreshSources beside(String output) {
    return new FreshSources(Path.of(output));
  }

  /** Empties the folder and says which it is. */
  String emptied() {
    try {
      Mirror.delete(fresh);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return fresh.toString();
  }

  /** Brings over what has changed. */
  void bringOver() {
    try {
      Mirror.copy(fresh, compiled);
      Mirror.delete(fresh);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
