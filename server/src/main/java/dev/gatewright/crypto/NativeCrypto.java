package dev.gatewright.crypto;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Security;
import java.security.Signature;

/**
 * Cryptography by Amazon Corretto Crypto Provider, whose native AWS-LC signs ES256 eight times and
 * RS256 three times as fast as the JDK. It is the platform's first provider and not only that of
 * signers: a key that another provider made is translated at every single use, which costs more
 * than the signature.
 */
public final class NativeCrypto {
  private NativeCrypto() {}

  /**
   * Puts it before the JDK's own providers, where its library is for this platform; elsewhere, and
   * without its jar, all is left as it is.
   */
  public static void install() {
    try {
      Corretto.install();
    } catch (LinkageError e) {
      // an operator may leave the jar out
    }
  }

  /** Who signs in this process: {@code AmazonCorrettoCryptoProvider 2.5} or {@code the JDK}. */
  public static String inUse() {
    try {
      Provider provider = Signature.getInstance("SHA256withECDSA").getProvider();
      return provider.getName().startsWith("Sun")
          ? "the JDK"
          : provider.getName() + " " + provider.getVersionStr();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java runtime has ES256", e);
    }
  }

  /** Apart, so that the class around it can be loaded without the jar. */
  private static final class Corretto {
    static void install() {
      if (AmazonCorrettoCryptoProvider.INSTANCE.getLoadingError() == null) {
        Security.insertProviderAt(AmazonCorrettoCryptoProvider.INSTANCE, 1);
      }
    }
  }
}
