package dev.gatewright.client.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatewright.client.auth.TokenStore;
import dev.gatewright.client.auth.Tokens;
import dev.gatewright.client.error.TokenStoreException;
import dev.gatewright.client.error.TokenStoreException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens are kept in an encrypted file, and nothing happens to it unnoticed. */
class EncryptedFileTokenStoreTest {

  private static final SecretKey KEY = key("0123456789abcdef0123456789abcdef");
  private static final char[] PASSPHRASE = "correct horse battery staple".toCharArray();
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00.123456789Z");
  private static final Tokens TOKENS =
      new Tokens(
          "secret-access",
          "secret-refresh",
          "secret-id",
          Set.of("openid", "user:read"),
          NOW,
          NOW.plusSeconds(3600));

  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = directory.resolve("tokens");
  }

  @Test
  void tokensAreReadBackByALaterProcess() {
    EncryptedFileTokenStore.open(file, KEY).save(TOKENS);

    assertEquals(Optional.of(TOKENS), EncryptedFileTokenStore.open(file, KEY).load());
  }

  @Test
  void tokensAreReadBackWithThePassphrase() {
    EncryptedFileTokenStore.open(file, PASSPHRASE).save(TOKENS);

    TokenStore later = EncryptedFileTokenStore.open(file, PASSPHRASE);
    assertEquals(Optional.of(TOKENS), later.load());
    byte[] salt = salt();
    later.save(TOKENS);
    assertArrayEquals(salt, salt(), "it is the file's own, and derived from once");
  }

  @Test
  void thePassphraseIsStretchedAsOwaspAdvises() throws IOException {
    EncryptedFileTokenStore.open(file, PASSPHRASE).save(TOKENS);

    assertArrayEquals(
        new byte[] {0, 0x09, 0x27, (byte) 0xC0},
        Arrays.copyOfRange(Files.readAllBytes(file), 6, 10));
  }

  @Test
  void aFileOfFewerIterationsGetsMoreWhenItIsWrittenAgain() throws IOException {
    quick(1000).save(TOKENS);

    quick(2000).save(TOKENS);

    assertArrayEquals(
        new byte[] {0, 0, 0x07, (byte) 0xD0}, Arrays.copyOfRange(Files.readAllBytes(file), 6, 10));
    assertEquals(Optional.of(TOKENS), quick(1000).load());
  }

  @Test
  void thereAreNoTokensBeforeTheFirstAndAfterTheLast() {
    TokenStore store = EncryptedFileTokenStore.open(file, KEY);
    assertEquals(Optional.empty(), store.load());
    store.clear();

    store.save(TOKENS);
    store.clear();

    assertEquals(Optional.empty(), store.load());
    assertFalse(Files.exists(file));
  }

  @Test
  void theFileShowsNoTokenAndNoTwoOfThemAreAlike() throws IOException {
    TokenStore store = EncryptedFileTokenStore.open(file, KEY);
    store.save(TOKENS);
    byte[] first = Files.readAllBytes(file);
    store.save(TOKENS);
    byte[] second = Files.readAllBytes(file);

    assertFalse(new String(first, UTF_8).contains("secret"));
    assertEquals(first.length, second.length);
    assertNotEquals(hex(first, 26, 38), hex(second, 26, 38), "the initialization vector");
    assertNotEquals(hex(first, 38, 60), hex(second, 38, 60), "what it encrypts");
  }

  @Test
  void everyChangedByteIsNoticed() throws IOException {
    EncryptedFileTokenStore.open(file, KEY).save(TOKENS);
    byte[] whole = Files.readAllBytes(file);
    TokenStore store = EncryptedFileTokenStore.open(file, KEY);
    for (int offset = 0; offset < whole.length; offset++) {
      for (int bit : new int[] {0x01, 0x80}) {
        byte[] changed = whole.clone();
        changed[offset] ^= (byte) bit;
        unreadable(store, changed);
      }
    }
  }

  @Test
  void everyChangedByteOfAFileWithAPassphraseIsNoticed() throws IOException {
    TokenStore store = quick(1000);
    store.save(TOKENS);
    byte[] whole = Files.readAllBytes(file);
    for (int offset = 0; offset < 60; offset++) {
      byte[] changed = whole.clone();
      changed[offset] ^= 0x01;
      unreadable(store, changed);
    }
    Files.write(file, whole);
    assertEquals(Optional.of(TOKENS), store.load());
  }

  @Test
  void everyTruncationAndAdditionIsNoticed() throws IOException {
    TokenStore store = EncryptedFileTokenStore.open(file, KEY);
    store.save(TOKENS);
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length++) {
      unreadable(store, Arrays.copyOf(whole, length));
    }
    unreadable(store, Arrays.copyOf(whole, whole.length + 1));
  }

  @Test
  void anotherKeyIsToldAndOverwritesNothing() throws IOException {
    TokenStore store = EncryptedFileTokenStore.open(file, KEY);
    TokenStore other = EncryptedFileTokenStore.open(file, key("another key, of thirty-two bytes"));
    store.save(TOKENS);
    byte[] before = Files.readAllBytes(file);

    assertEquals(Reason.UNREADABLE, refusal(other::load).reason());
    assertEquals(Reason.UNREADABLE, refusal(() -> other.save(TOKENS)).reason());
    assertArrayEquals(before, Files.readAllBytes(file));
    String message =
        refusal(() -> EncryptedFileTokenStore.open(file, "a wrong passphrase".toCharArray()))
            .getMessage();
    assertTrue(message.endsWith("is encrypted with a key, not with a passphrase"), message);

    other.clear();
    assertEquals(Optional.empty(), store.load());
  }

  @Test
  void aWrongPassphraseIsToldWhenTheFileIsOpened() {
    quick(1000).save(TOKENS);

    String message =
        refusal(() -> EncryptedFileTokenStore.open(file, "a wrong passphrase".toCharArray()))
            .getMessage();
    assertTrue(message.contains("written with another key, or it was changed"), message);
    assertFalse(message.contains("wrong passphrase"), message);
  }

  @Test
  void whatHasAnotherFormatSaysSo() throws IOException {
    TokenStore store = EncryptedFileTokenStore.open(file, KEY);
    store.save(TOKENS);
    byte[] newer = Files.readAllBytes(file);
    newer[4] = 2;
    Files.write(file, newer);

    String message = refusal(store::load).getMessage();
    assertTrue(message.contains("has format 2, this version reads 1"), message);
  }

  @DisabledOnOs(OS.WINDOWS)
  @Test
  void whatIsMadeIsForItsOwnerAlone() throws IOException {
    Path nested = directory.resolve("new").resolve("newer").resolve("tokens");
    EncryptedFileTokenStore.open(nested, KEY).save(TOKENS);

    assertEquals("rw-------", permissions(nested));
    assertEquals("rw-------", permissions(nested.resolveSibling("tokens.lock")));
    assertEquals("rwx------", permissions(nested.getParent()));
    assertEquals("rwx------", permissions(nested.getParent().getParent()));
  }

  @DisabledOnOs(OS.WINDOWS)
  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rw-----w-", "rwx--x---"})
  void aFileThatOthersCanReachIsRefused(String permissions) throws IOException {
    TokenStore store = EncryptedFileTokenStore.open(file, KEY);
    store.save(TOKENS);
    permit(file, permissions);

    assertEquals(Reason.NOT_PRIVATE, refusal(store::load).reason());
    assertEquals(Reason.NOT_PRIVATE, refusal(() -> store.save(TOKENS)).reason());
    assertEquals(
        Reason.NOT_PRIVATE, refusal(() -> EncryptedFileTokenStore.open(file, KEY)).reason());
    permit(file, "rw-------");
    assertEquals(Optional.of(TOKENS), store.load());
  }

  @DisabledOnOs(OS.WINDOWS)
  @ParameterizedTest
  @ValueSource(strings = {"rwxrwx---", "rwx---rwx", "rwxrwxrwx"})
  void aFolderThatOthersCanWriteToIsRefused(String permissions) throws IOException {
    permit(directory, permissions);

    assertEquals(
        Reason.NOT_PRIVATE, refusal(() -> EncryptedFileTokenStore.open(file, KEY)).reason());
    assertFalse(Files.exists(file));
  }

  @DisabledOnOs(OS.WINDOWS)
  @Test
  void aLinkInPlaceOfTheFileIsRefused() throws IOException {
    Path elsewhere = directory.resolve("elsewhere");
    EncryptedFileTokenStore.open(elsewhere, KEY).save(TOKENS);
    Files.createSymbolicLink(file, elsewhere);

    assertEquals(
        Reason.NOT_PRIVATE, refusal(() -> EncryptedFileTokenStore.open(file, KEY)).reason());
  }

  @Test
  void keysAndPassphrasesThatAreTooShortAreRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> EncryptedFileTokenStore.open(file, key("of sixteen bytes")));
    assertThrows(
        IllegalArgumentException.class,
        () -> EncryptedFileTokenStore.open(file, "7 chars".toCharArray()));
  }

  @Test
  void aFailureToWriteKeepsWhatThereWas() throws IOException {
    TokenStore store = EncryptedFileTokenStore.open(file, KEY);
    store.save(TOKENS);
    Path inTheWay = Files.createDirectory(directory.resolve("tokens.new"));
    Files.createFile(inTheWay.resolve("file"));

    assertEquals(Reason.FAILED, refusal(() -> store.save(TOKENS)).reason());
    assertEquals(Optional.of(TOKENS), store.load());
  }

  private EncryptedFileTokenStore quick(int iterations) {
    return EncryptedFileTokenStore.open(
        file, new PassphraseKey(PASSPHRASE, iterations), Duration.ofSeconds(10));
  }

  private void unreadable(TokenStore store, byte[] content) throws IOException {
    Files.write(file, content);
    TokenStoreException refusal = refusal(store::load);
    assertEquals(Reason.UNREADABLE, refusal.reason());
    assertFalse(refusal.getMessage().contains("secret"), refusal.getMessage());
    assertEquals(Reason.UNREADABLE, refusal(() -> store.save(TOKENS)).reason());
    assertArrayEquals(content, Files.readAllBytes(file));
  }

  private static TokenStoreException refusal(org.junit.jupiter.api.function.Executable action) {
    return assertThrows(TokenStoreException.class, action);
  }

  private byte[] salt() {
    try {
      return Arrays.copyOfRange(Files.readAllBytes(file), 10, 26);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String hex(byte[] bytes, int from, int to) {
    return java.util.HexFormat.of().formatHex(bytes, from, to);
  }

  private static String permissions(Path path) throws IOException {
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
    return PosixFilePermissions.toString(permissions);
  }

  private static void permit(Path path, String permissions) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }

  private static SecretKey key(String bytes) {
    return new SecretKeySpec(bytes.getBytes(UTF_8), "AES");
  }
}
