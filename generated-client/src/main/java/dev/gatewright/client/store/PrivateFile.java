package dev.gatewright.client.store;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * A file that only its owner can read, replaced whole or not at all: a reader sees what was before
 * or what came after, and what was replaced has reached the disk. Writers must take turns.
 */
final class PrivateFile {

  private static final long MOST_BYTES = 1 << 20; // tokens are a few thousand

  private final Path directory;
  private final Path path;
  private final OwnerOnly access;

  private PrivateFile(Path directory, Path path, OwnerOnly access) {
    this.directory = directory;
    this.path = path;
    this.access = access;
  }

  /**
   * Makes its folder if there is none, and checks both.
   *
   * @throws dev.gatewright.client.error.TokenStoreException if others could read the file or
   *     replace it
   */
  static PrivateFile at(Path path) throws IOException {
    Path absolute = path.toAbsolutePath();
    Path parent = absolute.getParent();
    Path name = absolute.getFileName();
    if (parent == null || name == null) {
      throw new IllegalArgumentException("No file can be at " + path);
    }
    OwnerOnly access = OwnerOnly.on(path.getFileSystem());
    if (!Files.isDirectory(parent)) {
      access.createDirectories(parent);
    }
    Path directory = parent.toRealPath();
    access.checkDirectory(directory);
    PrivateFile file = new PrivateFile(directory, directory.resolve(name), access);
    file.exists();
    return file;
  }

  /** Where it is, links of its folder resolved. */
  Path path() {
    return path;
  }

  /** A file beside it, of the same owner. */
  Path beside(String suffix) throws IOException {
    Path other = directory.resolve(path.getFileName() + suffix);
    if (!Files.exists(other, LinkOption.NOFOLLOW_LINKS)) {
      access.createIfAbsent(other);
    }
    return other;
  }

  Optional<byte[]> read() throws IOException {
    if (!exists()) {
      return Optional.empty();
    }
    try {
      if (Files.size(path) > MOST_BYTES) {
        throw new IOException("The file is larger than any tokens");
      }
      return Optional.of(Files.readAllBytes(path));
    } catch (NoSuchFileException e) {
      return Optional.empty(); // taken away meanwhile
    }
  }

  void replace(byte[] content) throws IOException {
    Path fresh = directory.resolve(path.getFileName() + ".new");
    Files.deleteIfExists(fresh); // left by a writer that was killed
    access.create(fresh);
    try {
      // Not a channel: an interrupt would close it, and the tokens be lost.
      try (FileOutputStream out = new FileOutputStream(fresh.toFile())) {
        out.write(content);
        out.getFD().sync();
      }
      Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      Files.deleteIfExists(fresh);
      throw e;
    }
    syncDirectory();
  }

  void delete() throws IOException {
    Files.deleteIfExists(path);
    syncDirectory();
  }

  private boolean exists() throws IOException {
    try {
      access.checkFile(path);
      return true;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /** The new name must be on the disk too. Windows opens no folder, and needs none of this. */
  private void syncDirectory() {
    boolean interrupted = Thread.interrupted();
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // The file system has no such thing; what was written is there all the same.
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
