package dev.gatewright.client.auth;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.RemoteKeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.Resource;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;

/**
 * The public keys of an issuer, fetched when first needed, kept for five minutes, and fetched again
 * as soon as a token names a key that is not among them. Tokens with made-up keys cannot make us
 * fetch more than twice in 30 seconds.
 */
final class IssuerKeys {

  private final JWKSource<SecurityContext> source;
  private final HttpTransport transport;

  IssuerKeys(URI jwksUri, HttpTransport transport) {
    this.transport = transport;
    this.source =
        JWKSourceBuilder.create(url(jwksUri), this::fetch)
            .cache(true)
            .refreshAheadCache(false)
            .rateLimited(true)
            .build();
  }

  /**
   * The keys that may have signed under this header; usually one or none.
   *
   * @throws TransportException if the keys cannot be fetched
   */
  List<JWK> candidates(JWSHeader header) {
    try {
      return source.get(new JWKSelector(JWKMatcher.forJWSHeader(header)), null);
    } catch (RateLimitReachedException e) {
      return List.of();
    } catch (RemoteKeySourceException e) {
      throw new TransportException("The issuer's keys cannot be fetched", e);
    } catch (KeySourceException e) {
      throw new TransportException("The issuer's keys cannot be read", e);
    }
  }

  private Resource fetch(URL location) throws IOException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(location.toString())).build();
    HttpResponse<String> response = transport.send(request);
    if (response.statusCode() != 200) {
      throw new IOException("status " + response.statusCode());
    }
    return new Resource(
        response.body(), response.headers().firstValue("Content-Type").orElse(null));
  }

  private static URL url(URI uri) {
    try {
      return uri.toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException("Not a URL: " + uri, e);
    }
  }
}
