package dev.gatewright.codegen;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** Tells one state of the generators, or of the contract, from another. */
final class Fingerprint {

  private Fingerprint() {}

  /** A digest of this module's classes and templates, be they a jar or a directory. */
  static String ofGenerators() {
    try {
      return of(
          Path.of(Fingerprint.class.getProtectionDomain().getCodeSource().getLocation().toURI()));
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A digest of the names and contents of all files in a folder, or of one file. */
  static String of(Path code) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Path file : files(code)) {
        digest.update(code.relativize(file).toString().getBytes(UTF_8));
        digest.update(Files.readAllBytes(file));
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Path> files(Path code) throws IOException {
    try (Stream<Path> files = Files.walk(code)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
