package dev.gatewright.codegen;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.resolve.DirectoryCodeResolver;
import gg.jte.runtime.Constants;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Turns the page templates into Java sources, and leaves a source alone that would become the same
 * again, so that an unchanged page compiles nothing anew.
 */
public final class PageCodegen {

  private PageCodegen() {}

  /**
   * Generates.
   *
   * @param arguments the folder of the templates; a folder to work in; the folder of the sources
   */
  public static void main(String[] arguments) throws IOException {
    generate(Path.of(arguments[0]), Path.of(arguments[1]), Path.of(arguments[2]));
  }

  static void generate(Path templates, Path work, Path sources) throws IOException {
    TemplateEngine engine =
        TemplateEngine.create(
            new DirectoryCodeResolver(templates),
            work,
            ContentType.Html,
            PageCodegen.class.getClassLoader(),
            Constants.PACKAGE_NAME_PRECOMPILED);
    engine.setTrimControlStructures(true);
    engine.cleanAll();
    engine.generateAll();
    Mirror.copy(work, sources);
  }
}
