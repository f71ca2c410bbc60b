package dev.gatewright.crypto;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.Security;
import java.security.Signature;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rest of the tests, which start servers within this process, use the JDK's cryptography. */
class NativeCryptoTest {
  private static final byte[] MESSAGE = "eyJhbGciOiJFUzI1NiJ9.e30".getBytes();

  /** Nodes may differ in what they use. */
  @ParameterizedTest
  @CsvSource({
    "EC, SHA256withECDSA, SunEC",
    "RSA, SHA256withRSA, SunRsaSign",
    "Ed25519, Ed25519, SunEC"
  })
  void whatOneSignsTheOtherVerifies(String type, String algorithm, String jdk) throws Exception {
    Provider own = AmazonCorrettoCryptoProvider.INSTANCE;
    assumeTrue(
        AmazonCorrettoCryptoProvider.INSTANCE.getLoadingError() == null, "not on this platform");
    KeyPair keys = KeyPairGenerator.getInstance(type, Security.getProvider(jdk)).generateKeyPair();

    assertTrue(verifies(own, algorithm, keys, sign(Security.getProvider(jdk), algorithm, keys)));
    assertTrue(verifies(Security.getProvider(jdk), algorithm, keys, sign(own, algorithm, keys)));
  }

  @Test
  void serverDoesWithoutTheJar() throws Exception {
    URL[] others =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !entry.contains("AmazonCorretto"))
            .map(entry -> assertDoesNotThrow(() -> Path.of(entry).toUri().toURL()))
            .toArray(URL[]::new);
    try (URLClassLoader without =
        new URLClassLoader(others, ClassLoader.getPlatformClassLoader())) {
      assertThrows(
          ClassNotFoundException.class,
          () -> without.loadClass(AmazonCorrettoCryptoProvider.class.getName()));
      Class<?> nativeCrypto = without.loadClass(NativeCrypto.class.getName());
      assertDoesNotThrow(() -> nativeCrypto.getMethod("install").invoke(null));
    }
  }

  private static byte[] sign(Provider provider, String algorithm, KeyPair keys) throws Exception {
    Signature signature = Signature.getInstance(algorithm, provider);
    signature.initSign(keys.getPrivate());
    signature.update(MESSAGE);
    return signature.sign();
  }

  private static boolean verifies(
      Provider provider, String algorithm, KeyPair keys, byte[] signature) throws Exception {
    Signature verification = Signature.getInstance(algorithm, provider);
    verification.initVerify(keys.getPublic());
    verification.update(MESSAGE);
    return verification.verify(signature);
  }
}
