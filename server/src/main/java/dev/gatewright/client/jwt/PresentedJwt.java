package dev.gatewright.client.jwt;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.Payload;
import com.nimbusds.jwt.EncryptedJWT;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.gatewright.key.SigningAlgorithm;
import java.text.ParseException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A JWT as it was sent: signed by an algorithm that this server verifies, but by whom is not proven
 * yet. What it says is only good for finding out whose keys must prove it.
 */
public final class PresentedJwt {
  private static final int LONGEST = 16_384;

  private final SignedJWT jwt;
  private final JwtClaims claims;

  private PresentedJwt(SignedJWT jwt, JwtClaims claims) {
    this.jwt = jwt;
    this.claims = claims;
  }

  /**
   * Reads a signed JWT in compact form.
   *
   * @param types what its header may say of its type, in lower case; one without a type is taken
   *     (RFC 8725 §3.11)
   */
  public static PresentedJwt read(String compact, Set<String> types) throws InvalidJwtException {
    if (compact.length() > LONGEST) {
      throw new InvalidJwtException("the JWT is too long");
    }
    SignedJWT jwt =
        switch (parse(compact)) {
          case SignedJWT signed -> signed;
          case PlainJWT plain -> throw InvalidJwtException.unsigned();
          case EncryptedJWT encrypted -> throw new InvalidJwtException("the JWT is encrypted");
          default -> throw new InvalidJwtException("the JWT is not signed");
        };
    if (SigningAlgorithm.of(jwt.getHeader().getAlgorithm().getName()).isEmpty()) {
      throw new InvalidJwtException("the algorithm of the JWT is not one that is verified here");
    }
    @Nullable JOSEObjectType type = jwt.getHeader().getType();
    if (type != null && !types.contains(type.getType().toLowerCase(Locale.ROOT))) {
      throw new InvalidJwtException("the type of the JWT is that of something else");
    }
    return new PresentedJwt(jwt, new JwtClaims(members(jwt.getPayload())));
  }

  /** What it says, unproven. */
  public JwtClaims unverified() {
    return claims;
  }

  SignedJWT jwt() {
    return jwt;
  }

  String algorithm() {
    return jwt.getHeader().getAlgorithm().getName();
  }

  /** Whether it names its key. */
  boolean namesKey() {
    return jwt.getHeader().getKeyID() != null;
  }

  /** RFC 7519 §7.2; Gson would take a list of pairs, too, for an object. */
  private static Map<String, @Nullable Object> members(Payload payload) throws InvalidJwtException {
    @Nullable Map<String, @Nullable Object> members = payload.toJSONObject();
    if (members == null || !payload.toString().stripLeading().startsWith("{")) {
      throw new InvalidJwtException("the JWT holds no JSON object");
    }
    return members;
  }

  private static JWT parse(String compact) throws InvalidJwtException {
    try {
      return JWTParser.parse(compact);
    } catch (ParseException | RuntimeException e) {
      throw new InvalidJwtException("the JWT is malformed");
    }
  }
}
