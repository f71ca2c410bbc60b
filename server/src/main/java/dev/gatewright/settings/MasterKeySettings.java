package dev.gatewright.settings;

import io.micronaut.context.annotation.Property;
import io.micronaut.context.env.Environment;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The master key: from {@code gatewright.master-key} (32 bytes in base64 or base64url), or from the
 * file named by {@code gatewright.master-key-file}. In development (environment {@code dev}) it is
 * made at first start, in the data folder.
 */
@Singleton
public final class MasterKeySettings {
  private static final String KEY = "gatewright.master-key";
  private static final String FILE = "gatewright.master-key-file";

  private final byte[] key;

  MasterKeySettings(
      @Nullable @Property(name = KEY) String key,
      @Nullable @Property(name = FILE) String file,
      ServerSettings server,
      Environment environment) {
    if (key != null && !key.isBlank()) {
      this.key = decode(KEY, key);
    } else if (file != null && !file.isBlank()) {
      this.key = decode(FILE, read(Path.of(file)));
    } else if (environment.getActiveNames().contains("dev")) {
      this.key = decode(FILE, developmentKey(server.dataFolder().resolve("master.key")));
    } else {
      throw new InvalidSettingException(
          KEY
              + " is not set; set it (or "
              + FILE
              + ") to 32 random bytes in base64, which encrypt the"
              + " signing keys in the database.");
    }
  }

  /** 32 bytes. */
  public byte[] key() {
    return key.clone();
  }

  private static String developmentKey(Path path) {
    try {
      Files.createDirectories(path.toAbsolutePath().getParent());
      if (Files.notExists(path)) {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        create(path, Base64.getUrlEncoder().withoutPadding().encodeToString(random));
      }
    } catch (FileAlreadyExistsException e) {
      return read(path);
    } catch (IOException e) {
      throw new InvalidSettingException(
          "The master key cannot be written to " + path + ": " + e + ".");
    }
    return read(path);
  }

  private static void create(Path path, String text) throws IOException {
    boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
    Path fresh =
        posix
            ? Files.createFile(
                path,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
            : Files.createFile(path);
    Files.writeString(fresh, text + "\n", StandardOpenOption.WRITE);
  }

  private static String read(Path path) {
    try {
      return Files.readString(path);
    } catch (IOException e) {
      throw new InvalidSettingException(FILE, path, "a file that can be read");
    }
  }

  private static byte[] decode(String name, String text) {
    String base64 = text.strip().replace('+', '-').replace('/', '_').replace("=", "");
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new InvalidSettingException(
          name + " is not base64; it must be 32 random bytes in base64.");
    }
    if (bytes.length != 32) {
      throw new InvalidSettingException(
          name + " holds " + bytes.length + " bytes, but it must be 32 random bytes in base64.");
    }
    return bytes;
  }
}
