package dev.gatewright.crypto;

import dev.gatewright.settings.MasterKeySettings;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The one secret that comes from configuration. It is used for nothing itself: every use has a key
 * of its own, derived by HKDF-SHA256 (RFC 5869).
 */
@Singleton
public final class MasterKey {
  private final SecretKey key;

  public MasterKey(MasterKeySettings settings) {
    this.key = new SecretKeySpec(settings.key(), "HKDF");
  }

  /**
   * A 256-bit key for one purpose.
   *
   * @param algorithm what the key is for in the JDK's terms, {@code AES} or {@code HmacSHA256}
   * @param purpose names the use; another name, another key
   */
  public SecretKey derive(String algorithm, String purpose) {
    byte[] info = ("gatewright " + purpose).getBytes(StandardCharsets.US_ASCII);
    try {
      return KDF.getInstance("HKDF-SHA256")
          .deriveKey(algorithm, HKDFParameterSpec.ofExtract().addIKM(key).thenExpand(info, 32));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HKDF-SHA256 failed", e);
    }
  }
}
