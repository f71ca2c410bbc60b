package dev.gatewright.client;

import dev.gatewright.crypto.MasterKey;
import dev.gatewright.crypto.Secrets;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * Client secrets: {@code gws_} and 256 random bits in base64url, kept as HMAC-SHA256 under a key
 * derived from the master key. A secret with that much entropy needs no slow hash; the key makes a
 * stolen table useless by itself.
 */
@Singleton
public final class ClientSecrets {
  private static final String HMAC = "HmacSHA256";
  private static final byte[] NO_HASH = new byte[32];

  private final SecretKey key;

  ClientSecrets(MasterKey masterKey) {
    key = masterKey.derive(HMAC, "client-secret");
  }

  /** A new secret. */
  String make() {
    return Secrets.random("gws_");
  }

  /** What is stored of a secret: 32 bytes. */
  byte[] hash(String secret) {
    try {
      var mac = Mac.getInstance(HMAC);
      mac.init(key);
      return mac.doFinal(secret.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java runtime has HMAC-SHA256", e);
    }
  }

  /**
   * Whether the hash was made from the secret, in the same time whatever the answer; never for a
   * null hash.
   */
  public boolean matches(byte @Nullable [] hash, String secret) {
    boolean equal = MessageDigest.isEqual(hash == null ? NO_HASH : hash, hash(secret));
    return equal && hash != null;
  }
}
