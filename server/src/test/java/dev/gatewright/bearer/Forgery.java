package dev.gatewright.bearer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import dev.gatewright.TestServer;
import dev.gatewright.key.SigningAlgorithm;
import dev.gatewright.key.TestSigner;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Base64;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A forger's workshop: a true access token to start from, keys of the forger's own, and, to try
 * what lies behind the signature, the server's keys too.
 */
final class Forgery {
  static final ObjectMapper JSON = new ObjectMapper();

  final String original;
  final TestSigner server;
  final ECKey ec;
  final RSAKey rsa;
  final KeyPair ed;

  Forgery(TestServer server, String original) throws JOSEException, GeneralSecurityException {
    this.original = original;
    this.server = new TestSigner(server);
    this.ec = new ECKeyGenerator(Curve.P_256).keyID("forger-ec").generate();
    this.rsa = new RSAKeyGenerator(2048).keyID("forger-rsa").generate();
    this.ed = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
  }

  String part(int index) {
    return original.split("\\.")[index];
  }

  ObjectNode header() {
    return read(part(0));
  }

  ObjectNode claims() {
    return read(part(1));
  }

  /** The header of the original, changed. */
  String header(Consumer<ObjectNode> change) {
    ObjectNode header = header();
    change.accept(header);
    return header.toString();
  }

  /**
   * The claims of the original, changed, with a header that is right, signed by the server's own
   * key.
   */
  String claims(Consumer<ObjectNode> change) {
    ObjectNode claims = claims();
    change.accept(claims);
    return payload(claims.toString());
  }

  /** Any payload with a header that is right, signed by the server's own key. */
  String payload(String payload) {
    return server.sign(SigningAlgorithm.ES256, header().toString(), utf8(payload));
  }

  /**
   * The claims of the original under a changed header, signed by the server's own key for ES256.
   */
  String signedHeader(String header) {
    return server.sign(SigningAlgorithm.ES256, header, utf8(claims().toString()));
  }

  /** The claims of the original, under any header, signed by a key of the forger. */
  String signedBy(String jcaName, PrivateKey key, String header) {
    String input = base64(header) + "." + part(1);
    try {
      Signature signature = Signature.getInstance(jcaName);
      signature.initSign(key);
      signature.update(utf8(input));
      return input + "." + base64(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** By the forger's own EC key. */
  String signedByForger(String header) {
    try {
      return signedBy("SHA256withECDSAinP1363Format", ec.toECPrivateKey(), header);
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The claims of the original under any header, with an HMAC under what everybody knows. */
  String hmac(String jcaName, byte[] key, String header) {
    String input = base64(header) + "." + part(1);
    try {
      Mac mac = Mac.getInstance(jcaName);
      mac.init(new SecretKeySpec(key, jcaName));
      return input + "." + base64(mac.doFinal(utf8(input)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The original with another signature. */
  String withSignature(byte[] signature) {
    return part(0) + "." + part(1) + "." + base64(signature);
  }

  byte[] signature() {
    return Base64.getUrlDecoder().decode(part(2));
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static String base64(String text) {
    return base64(utf8(text));
  }

  static String base64(byte[] octets) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
  }

  private static ObjectNode read(String part) {
    try {
      JsonNode node =
          JSON.readTree(new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8));
      return (ObjectNode) node;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
