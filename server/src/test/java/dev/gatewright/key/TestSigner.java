package dev.gatewright.key;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWK;
import dev.gatewright.TestServer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Signs whatever a test wants, well-formed or not, with the server's own keys. */
public final class TestSigner {
  private final SigningKeys keys;

  public TestSigner(TestServer server) {
    this.keys = server.bean(SigningKeys.class);
  }

  public String kid(SigningAlgorithm algorithm) {
    return keys.current(algorithm).kid();
  }

  /** What everybody knows of the key. */
  public JWK publicKey(SigningAlgorithm algorithm) {
    return keys.current(algorithm).publicJwk();
  }

  /**
   * A JWS of any header and any payload, signed by the server's key for an algorithm, whatever the
   * header says.
   */
  public String sign(SigningAlgorithm algorithm, String header, byte[] payload) {
    String input = base64(header.getBytes(StandardCharsets.UTF_8)) + "." + base64(payload);
    JWSHeader forTheSigner = new JWSHeader(JWSAlgorithm.parse(algorithm.alg()));
    try {
      return input
          + "."
          + keys.current(algorithm)
              .signer()
              .sign(forTheSigner, input.getBytes(StandardCharsets.US_ASCII));
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String base64(byte[] octets) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
  }
}
