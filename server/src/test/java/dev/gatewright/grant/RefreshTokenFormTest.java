package dev.gatewright.grant;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatewright.crypto.Secrets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A refresh token's key: ordered by time, and of the whole token. */
class RefreshTokenFormTest {
  private static final Instant NOW = Instant.parse("2026-11-25T12:00:00.123456Z");

  @Test
  void keysAreInTheOrderOfTime() {
    byte[] before = new byte[32];
    for (int i = 0; i < 100; i++) {
      byte[] key = key(NOW.plusMillis(i), Secrets.bytes(32));
      assertTrue(Arrays.compareUnsigned(before, key) < 0);
      before = key;
    }
  }

  @Test
  void sameTimeAndSecretAreTheSameTokenAndAnotherMillisecondIsAnother() {
    byte[] secret = Secrets.bytes(32);
    String token = RefreshTokenForm.token(NOW, secret);
    assertEquals(token, RefreshTokenForm.token(NOW.plusNanos(100_000), secret));
    assertFalse(token.equals(RefreshTokenForm.token(NOW.plusMillis(1), secret)));
    assertTrue(token.matches("gwr_[A-Za-z0-9_-]{51}"));
  }

  /** Also the last one, of whose six bits the decoder looks at four. */
  @Test
  void everyCharacterCounts() {
    String token = RefreshTokenForm.token(NOW, Secrets.bytes(32));
    Set<String> keys = new HashSet<>();
    keys.add(Arrays.toString(RefreshTokenForm.key(token)));
    for (int i = 0; i < token.length(); i++) {
      char other = token.charAt(i) == 'A' ? 'B' : 'A';
      String changed = token.substring(0, i) + other + token.substring(i + 1);
      assertTrue(keys.add(Arrays.toString(RefreshTokenForm.key(changed))), changed);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "gwr_",
        "gwr_!!!!!!!!AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "gwr_日本語日本語日本AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "xxx_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
      })
  void whatIsNoTokenHasAKeyToo(String token) {
    assertArrayEquals(Secrets.sha256(token), RefreshTokenForm.key(token));
  }

  private static byte[] key(Instant made, byte[] secret) {
    return RefreshTokenForm.key(RefreshTokenForm.token(made, secret));
  }
}
