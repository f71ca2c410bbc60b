package dev.gatewright.codegen.lint;

import java.nio.file.Path;

/**
 * One file of the contract.
 *
 * @param path where it is
 * @param name how findings call it
 */
record SourceFile(Path path, String name) {}
