package dev.gatewright.benchmark.ceiling;

import com.nimbusds.jose.JOSEException;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;

/** Answers as long as the token endpoint's, on the event loop. */
@Controller
final class CeilingController {
  static final int LENGTH = 800; // bytes

  private static final String OPENING = "{\"access_token\":\"";
  private static final String CLOSING =
      "\",\"token_type\":\"Bearer\",\"expires_in\":3600,\"scope\":\"orders:read\"}";
  private static final byte[] FIXED = answer("e".repeat(LENGTH - (OPENING + CLOSING).length()));

  private final Tokens es256;
  private final Tokens rs256;

  CeilingController() throws GeneralSecurityException, JOSEException {
    this.es256 = Tokens.es256();
    this.rs256 = Tokens.rs256();
  }

  @Get("/ready")
  byte[] ready() {
    return FIXED;
  }

  /** A request and an answer, and nothing between. */
  @Post(value = "/bare", consumes = "*/*")
  byte[] bare() {
    return FIXED;
  }

  @Post(value = "/es256", consumes = "*/*")
  byte[] es256() throws JOSEException {
    return answer(es256.sign());
  }

  @Post(value = "/rs256", consumes = "*/*")
  byte[] rs256() throws JOSEException {
    return answer(rs256.sign());
  }

  private static byte[] answer(String token) {
    return (OPENING + token + CLOSING).getBytes(StandardCharsets.US_ASCII);
  }
}
