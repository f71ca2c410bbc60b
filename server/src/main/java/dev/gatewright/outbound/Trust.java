package dev.gatewright.outbound;

import dev.gatewright.settings.InvalidSettingException;
import dev.gatewright.settings.OutboundSettings;
import io.micronaut.context.annotation.Context;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Whose certificates are believed: those that the Java runtime trusts, and those that the operator
 * adds. Read at the start, so that a wrong file stops it.
 */
@Context
final class Trust {
  private final SslContext tls;

  Trust(OutboundSettings settings) {
    List<Certificate> added = added(settings.caFile());
    try {
      tls =
          SslContextBuilder.forClient()
              .sslProvider(SslProvider.JDK)
              .protocols("TLSv1.3", "TLSv1.2")
              .endpointIdentificationAlgorithm("HTTPS")
              .trustManager(trustManagers(added))
              .build();
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("The trusted certificates cannot be read", e);
    }
  }

  /** For connections to others: TLS 1.2 or newer, and the certificate must name the host. */
  SslContext tls() {
    return tls;
  }

  private static TrustManagerFactory trustManagers(List<Certificate> added)
      throws GeneralSecurityException, IOException {
    TrustManagerFactory runtime =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    runtime.init((KeyStore) null);
    if (added.isEmpty()) {
      return runtime;
    }
    KeyStore anchors = KeyStore.getInstance(KeyStore.getDefaultType());
    anchors.load(null, null);
    for (TrustManager manager : runtime.getTrustManagers()) {
      if (manager instanceof X509TrustManager x509) {
        add(anchors, "runtime", Arrays.asList(x509.getAcceptedIssuers()));
      }
    }
    add(anchors, "added", added);
    TrustManagerFactory both =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    both.init(anchors);
    return both;
  }

  private static void add(
      KeyStore anchors, String name, Collection<? extends Certificate> certificates)
      throws GeneralSecurityException {
    int number = 0;
    for (Certificate certificate : certificates) {
      anchors.setCertificateEntry(name + number++, certificate);
    }
  }

  private static List<Certificate> added(@Nullable String file) {
    if (file == null || file.isBlank()) {
      return List.of();
    }
    try (InputStream pem = Files.newInputStream(Path.of(file))) {
      List<Certificate> certificates =
          new ArrayList<>(CertificateFactory.getInstance("X.509").generateCertificates(pem));
      if (!certificates.isEmpty()) {
        return certificates;
      }
    } catch (IOException | CertificateException | IllegalArgumentException e) {
      // refused below
    }
    throw new InvalidSettingException(
        "gatewright.outbound.ca-file", file, "a file of certificates in PEM");
  }
}
