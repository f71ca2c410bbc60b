package dev.gatewright.client.store;

import dev.gatewright.client.error.TokenStoreException;
import dev.gatewright.client.error.TokenStoreException.Reason;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.AclFileAttributeView;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Files for their owner alone. Where permissions are POSIX's they are set before the first byte is
 * written, and checked. On Windows a file that is made here gets an access control list of its
 * owner only, and nothing is checked: whom a list's names stand for cannot be told dependably.
 */
final class OwnerOnly {

  private static final Set<PosixFilePermission> OTHERS =
      PosixFilePermissions.fromString("---rwxrwx");
  private static final Set<PosixFilePermission> OTHERS_WRITE =
      PosixFilePermissions.fromString("----w--w-");
  private static final FileAttribute<?> FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final FileAttribute<?> DIRECTORY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private final boolean posix;

  private OwnerOnly(boolean posix) {
    this.posix = posix;
  }

  static OwnerOnly on(FileSystem files) {
    return new OwnerOnly(files.supportedFileAttributeViews().contains("posix"));
  }

  void createDirectories(Path directory) throws IOException {
    if (posix) {
      Files.createDirectories(directory, DIRECTORY);
    } else {
      Files.createDirectories(directory);
    }
  }

  /**
   * @throws FileAlreadyExistsException if there is one
   */
  void create(Path file) throws IOException {
    if (posix) {
      Files.createFile(file, FILE);
      return;
    }
    Files.createFile(file);
    AclFileAttributeView acl = Files.getFileAttributeView(file, AclFileAttributeView.class);
    if (acl != null) {
      acl.setAcl(
          List.of(
              AclEntry.newBuilder()
                  .setType(AclEntryType.ALLOW)
                  .setPrincipal(acl.getOwner())
                  .setPermissions(EnumSet.allOf(AclEntryPermission.class))
                  .build()));
    }
  }

  void createIfAbsent(Path file) throws IOException {
    try {
      create(file);
    } catch (FileAlreadyExistsException e) {
      // Another process was quicker.
    }
  }

  /**
   * Whoever can write to a folder can put another file in place of ours.
   *
   * @throws TokenStoreException if others can, or it is another user's
   */
  void checkDirectory(Path directory) throws IOException {
    if (!posix) {
      return;
    }
    PosixFileAttributes attributes = attributes(directory);
    if (has(attributes, OTHERS_WRITE)) {
      throw notPrivate(
          "Others can write to the folder " + directory + " of the token file: chmod 700 it");
    }
    if (!attributes.owner().equals(us(directory))) {
      throw notPrivate("The folder " + directory + " of the token file belongs to another user");
    }
  }

  /**
   * @throws java.nio.file.NoSuchFileException if there is none
   * @throws TokenStoreException if others have access
   */
  void checkFile(Path file) throws IOException {
    if (!posix) {
      Files.readAttributes(file, "size", LinkOption.NOFOLLOW_LINKS);
      return;
    }
    PosixFileAttributes attributes = attributes(file);
    if (!attributes.isRegularFile()) {
      throw notPrivate(file + " is not a file but a link, a folder or a device");
    }
    if (has(attributes, OTHERS)) {
      throw notPrivate(
          "Others may read or write the token file "
              + file
              + ": if they may have read it, log out; then chmod 600 it");
    }
  }

  private static PosixFileAttributes attributes(Path path) throws IOException {
    return Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  private static TokenStoreException notPrivate(String message) {
    return new TokenStoreException(Reason.NOT_PRIVATE, message, null);
  }

  private static boolean has(PosixFileAttributes attributes, Set<PosixFilePermission> unwanted) {
    return attributes.permissions().stream().anyMatch(unwanted::contains);
  }

  /** The owner of what this process makes; its user name may be unknown, in a container. */
  private static UserPrincipal us(Path directory) throws IOException {
    Path probe = Files.createTempFile(directory, ".owner", null, FILE);
    try {
      return Files.getOwner(probe);
    } finally {
      Files.delete(probe);
    }
  }
}
