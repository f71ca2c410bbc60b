package dev.gatewright.client.release;

import java.nio.file.Path;
import java.util.Comparator;

/** The number of a release, as semantic versioning reads it. */
record Release(int major, int minor, int patch) implements Comparable<Release> {

  /** What the name of a file ends with that keeps a release's API. */
  static final String SUFFIX = ".txt";

  private static final Comparator<Release> ORDER =
      Comparator.comparing(Release::major)
          .thenComparing(Release::minor)
          .thenComparing(Release::patch);

  /** Of a version such as "1.2.0" or "1.2.0-SNAPSHOT". */
  static Release of(String version) {
    String[] numbers = version.replace("-SNAPSHOT", "").split("\\.");
    return new Release(
        Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]), Integer.parseInt(numbers[2]));
  }

  /** Of a file that keeps its API. */
  static Release of(Path file) {
    return of(file.getFileName().toString().replace(SUFFIX, ""));
  }

  /** A new major version may; before the first, a new minor one (Semantic Versioning 2.0.0 §4). */
  boolean mayBreak(Release before) {
    return major > before.major || (before.major == 0 && major == 0 && minor > before.minor);
  }

  @Override
  public int compareTo(Release other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return major + "." + minor + "." + patch;
  }
}
