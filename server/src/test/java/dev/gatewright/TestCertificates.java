package dev.gatewright;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A certificate authority of the tests, and a site's certificate by it; made once by keytool. */
final class TestCertificates {
  private static final char[] PASSWORD = "changeit".toCharArray();
  private static final TestCertificates MADE = new TestCertificates();

  private final KeyStore keys;
  private final Path authority;

  private TestCertificates() {
    try {
      Path folder = Files.createTempDirectory("certificates");
      Path store = folder.resolve("keys.p12");
      keytool(store, "ca", List.of("-ext", "bc:c=ca:true", "-ext", "ku:c=keyCertSign"));
      keytool(
          store,
          "site",
          List.of("-signer", "ca", "-ext", "san=dns:localhost,dns:site.example,ip:127.0.0.1"));
      keys = KeyStore.getInstance("PKCS12");
      try (InputStream in = Files.newInputStream(store)) {
        keys.load(in, PASSWORD);
      }
      authority = Files.writeString(folder.resolve("ca.pem"), pem(keys.getCertificate("ca")));
      folder.toFile().deleteOnExit();
      authority.toFile().deleteOnExit();
      store.toFile().deleteOnExit();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The authority's certificate, in PEM. */
  static Path authority() {
    return MADE.authority;
  }

  /** For a server that is {@code localhost}, {@code 127.0.0.1} and {@code site.example}. */
  static SSLContext site() {
    try {
      KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
      KeyStore site = KeyStore.getInstance("PKCS12");
      site.load(null, null);
      site.setEntry(
          "site",
          MADE.keys.getEntry("site", new KeyStore.PasswordProtection(PASSWORD)),
          new KeyStore.PasswordProtection(PASSWORD));
      managers.init(site, PASSWORD);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(managers.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void keytool(Path store, String alias, List<String> more) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of("-genkeypair", "-alias", alias, "-dname", "CN=" + alias));
    command.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1", "-validity", "2"));
    command.addAll(List.of("-keystore", store.toString(), "-storepass", new String(PASSWORD)));
    command.addAll(more);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes());
    try {
      if (process.waitFor() != 0) {
        throw new IllegalStateException(output);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String pem(Certificate certificate) throws GeneralSecurityException {
    return "-----BEGIN CERTIFICATE-----\n"
        + Base64.getMimeEncoder().encodeToString(certificate.getEncoded())
        + "\n-----END CERTIFICATE-----\n";
  }
}
