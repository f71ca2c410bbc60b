package dev.gatewright.user;

import jakarta.inject.Singleton;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The passwords that are tried first: {@code passwords/commonest.txt}, lower case, one per line,
 * read at first use.
 */
@Singleton
final class CommonPasswords {
  private static final String RESOURCE = "/passwords/commonest.txt";

  /** Whether the password, in lower case, is one of them. */
  boolean contains(String password) {
    return Words.ALL.contains(password);
  }

  private static final class Words {
    static final Set<String> ALL = read();

    private static Set<String> read() {
      try (@Nullable InputStream stream = CommonPasswords.class.getResourceAsStream(RESOURCE)) {
        if (stream == null) {
          throw new IllegalStateException(RESOURCE + " is missing");
        }
        var reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
        return reader
            .lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty())
            .collect(Collectors.toSet());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
