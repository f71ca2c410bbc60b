package dev.gatewright;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A key pair of a client, which signs whatever a test wants, well-formed or not; by the JDK alone.
 *
 * @param jwk the public half (RFC 7517)
 */
public record TestKey(String alg, Map<String, Object> jwk, PrivateKey privateKey) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A new key for {@code ES256}, {@code RS256}, {@code PS256} or {@code EdDSA}. */
  public static TestKey of(String alg, String kid) {
    try {
      return switch (alg) {
        case "ES256" -> ec(kid);
        case "RS256", "PS256" -> rsa(alg, kid, 2048);
        case "EdDSA" -> ed25519(kid);
        default -> throw new IllegalArgumentException(alg);
      };
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A key for {@code RS256} of another size than is usual. */
  public static TestKey rsa(String kid, int bits) {
    try {
      return rsa("RS256", kid, bits);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  public String kid() {
    return (String) jwk.get("kid");
  }

  /** The same key, its public half with another member, or without one (null). */
  public TestKey with(String member, Object value) {
    Map<String, Object> changed = new LinkedHashMap<>(jwk);
    if (value == null) {
      changed.remove(member);
    } else {
      changed.put(member, value);
    }
    return new TestKey(alg, changed, privateKey);
  }

  /** The JWK set of these keys. */
  public static Map<String, Object> jwks(TestKey... keys) {
    return Map.of("keys", Stream.of(keys).map(TestKey::jwk).toList());
  }

  /** As {@link #jwks}, as the document at a {@code jwks_uri}. */
  public static String document(TestKey... keys) {
    return json(jwks(keys));
  }

  /** A JWT of these claims, whose header names algorithm and key. */
  public String sign(Map<String, ?> claims) {
    return sign(Map.of("alg", alg, "kid", kid()), json(claims));
  }

  /** A JWS of any header and any payload, signed by this key whatever the header says. */
  public String sign(Map<String, ?> header, String payload) {
    String input = base64(json(header)) + "." + base64(payload);
    try {
      return input + "." + base64(signature(input.getBytes(StandardCharsets.US_ASCII)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** An unsecured JWT (RFC 7519 §6). */
  public static String unsigned(Map<String, ?> claims) {
    return base64("{\"alg\":\"none\"}") + "." + base64(json(claims)) + ".";
  }

  public static String base64(String text) {
    return base64(text.getBytes(StandardCharsets.UTF_8));
  }

  public static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private byte[] signature(byte[] input) throws GeneralSecurityException {
    Signature signature =
        Signature.getInstance(
            switch (alg) {
              case "ES256" -> "SHA256withECDSAinP1363Format";
              case "RS256" -> "SHA256withRSA";
              case "PS256" -> "RSASSA-PSS";
              default -> "Ed25519";
            });
    if (alg.equals("PS256")) {
      signature.setParameter(
          new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
    }
    signature.initSign(privateKey);
    signature.update(input);
    return signature.sign();
  }

  private static TestKey ec(String kid) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    KeyPair pair = generator.generateKeyPair();
    ECPublicKey key = (ECPublicKey) pair.getPublic();
    return new TestKey(
        "ES256",
        Map.of(
            "kty",
            "EC",
            "crv",
            "P-256",
            "kid",
            kid,
            "x",
            base64(unsigned(key.getW().getAffineX(), 32)),
            "y",
            base64(unsigned(key.getW().getAffineY(), 32))),
        pair.getPrivate());
  }

  private static TestKey rsa(String alg, String kid, int bits) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(bits);
    KeyPair pair = generator.generateKeyPair();
    RSAPublicKey key = (RSAPublicKey) pair.getPublic();
    return new TestKey(
        alg,
        Map.of(
            "kty",
            "RSA",
            "kid",
            kid,
            "n",
            base64(unsigned(key.getModulus(), bits / 8)),
            "e",
            base64(unsigned(key.getPublicExponent(), 3))),
        pair.getPrivate());
  }

  private static TestKey ed25519(String kid) throws GeneralSecurityException {
    KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    byte[] encoded = pair.getPublic().getEncoded();
    return new TestKey(
        "EdDSA",
        Map.of(
            "kty",
            "OKP",
            "crv",
            "Ed25519",
            "kid",
            kid,
            "x",
            base64(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length))),
        pair.getPrivate());
  }

  private static byte[] unsigned(BigInteger number, int length) {
    byte[] bytes = number.toByteArray();
    byte[] fitted = new byte[length];
    int kept = Math.min(bytes.length, length);
    System.arraycopy(bytes, bytes.length - kept, fitted, length - kept, kept);
    return fitted;
  }

  private static String base64(byte[] octets) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
  }
}
