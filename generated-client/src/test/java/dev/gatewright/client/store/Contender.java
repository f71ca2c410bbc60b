package dev.gatewright.client.store;

import dev.gatewright.client.auth.Tokens;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** A process that adds to the number in the file, so many times, one at a time. */
final class Contender {

  static final SecretKey KEY =
      new SecretKeySpec("0123456789abcdef0123456789abcdef".getBytes(), "AES");

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00.123456789Z");

  private Contender() {}

  public static void main(String[] arguments) {
    EncryptedFileTokenStore store = EncryptedFileTokenStore.open(Path.of(arguments[0]), KEY);
    for (int times = Integer.parseInt(arguments[1]); times > 0; times--) {
      store.exclusively(() -> add(store));
      System.out.println(times); // so that the test knows that it is in the midst of it
    }
  }

  static Void add(EncryptedFileTokenStore store) {
    int before = store.load().map(Contender::number).orElse(0);
    store.save(numbered(before + 1));
    return null;
  }

  static Tokens numbered(int number) {
    String filling = "x".repeat(number % 5000); // so that a file half written is noticed
    return new Tokens(
        "access-" + filling, "refresh-" + number, null, Set.of("openid"), NOW, NOW.plusSeconds(60));
  }

  static int number(Tokens tokens) {
    return Integer.parseInt(String.valueOf(tokens.refreshToken()).substring("refresh-".length()));
  }

  static Process start(Path file, int times) throws java.io.IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classPath = System.getProperty("java.class.path");
    return new ProcessBuilder(
            List.of(java, "-cp", classPath, Contender.class.getName(), file.toString(), "" + times))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }
}
