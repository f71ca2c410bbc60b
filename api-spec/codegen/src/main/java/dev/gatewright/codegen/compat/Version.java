package dev.gatewright.codegen.compat;

import java.util.Comparator;

/** A semantic version, {@code 1.2.3}; what follows a hyphen is left out. */
record Version(int major, int minor, int patch) implements Comparable<Version> {

  static Version of(String text) {
    String[] parts = text.replaceAll("-.*", "").split("\\.");
    if (parts.length != 3) {
      throw new IllegalArgumentException(
          "info.version is " + text + ", and must be like 1.2.3 (semver.org)");
    }
    return new Version(
        Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
  }

  @Override
  public int compareTo(Version other) {
    return Comparator.comparingInt(Version::major)
        .thenComparingInt(Version::minor)
        .thenComparingInt(Version::patch)
        .compare(this, other);
  }

  @Override
  public String toString() {
    return major + "." + minor + "." + patch;
  }
}
