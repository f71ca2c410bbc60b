package dev.gatewright.benchmark.ceiling;

import java.security.Signature;

/** Cryptography as the server has it: by a native provider, first of all, where it loads. */
final class Provider {
  private static final String NATIVE =
      "com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider";

  private Provider() {}

  /** Installs the provider whose jar is among the server's libraries. Returns who signs now. */
  static String install() throws ReflectiveOperationException {
    try {
      Class.forName(NATIVE).getMethod("install").invoke(null);
    } catch (ClassNotFoundException e) {
      // not for this platform: the JDK signs
    }
    try {
      return Signature.getInstance("SHA256withECDSA").getProvider().getName();
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java runtime has ES256", e);
    }
  }
}
