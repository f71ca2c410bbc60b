package dev.gatewright.client.authentication;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * Client credentials in HTTP Basic: both parts are form-encoded, then joined by a colon (RFC 6749
 * §2.3.1).
 */
record BasicCredentials(String clientId, String clientSecret) {
  private static final String SCHEME = "Basic ";

  /**
   * Reads the value of an {@code Authorization} header; empty when it is of another scheme or
   * malformed.
   */
  static Optional<BasicCredentials> parse(String authorization) {
    if (!authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return Optional.empty();
    }
    try {
      byte[] decoded = Base64.getDecoder().decode(authorization.substring(SCHEME.length()).strip());
      String pair = utf8(decoded);
      int colon = pair.indexOf(':');
      return colon < 0
          ? Optional.empty()
          : Optional.of(
              new BasicCredentials(
                  formDecoded(pair.substring(0, colon)), formDecoded(pair.substring(colon + 1))));
    } catch (IllegalArgumentException | CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /**
   * Decodes {@code application/x-www-form-urlencoded}, refusing what the JDK's decoder would
   * replace.
   */
  private static String formDecoded(String encoded) throws CharacterCodingException {
    byte[] in = encoded.getBytes(StandardCharsets.UTF_8);
    ByteBuffer out = ByteBuffer.allocate(in.length);
    for (int i = 0; i < in.length; i++) {
      switch (in[i]) {
        case '+' -> out.put((byte) ' ');
        case '%' -> {
          out.put((byte) hexOctet(in, i + 1));
          i += 2;
        }
        default -> out.put(in[i]);
      }
    }
    byte[] octets = new byte[out.flip().remaining()];
    out.get(octets);
    return utf8(octets);
  }

  private static int hexOctet(byte[] in, int at) {
    if (at + 1 >= in.length) {
      throw new IllegalArgumentException("A percent sign without two hexadecimal digits");
    }
    return Character.digit(in[at], 16) < 0 || Character.digit(in[at + 1], 16) < 0
        ? refuseDigits()
        : Character.digit(in[at], 16) << 4 | Character.digit(in[at + 1], 16);
  }

  private static int refuseDigits() {
    throw new IllegalArgumentException("A percent sign without two hexadecimal digits");
  }

  private static String utf8(byte[] octets) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
  }

  @Override
  public String toString() {
    return "BasicCredentials[" + clientId + "]";
  }
}
