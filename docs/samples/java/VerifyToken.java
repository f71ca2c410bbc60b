import dev.gatewright.client.auth.AccessTokenVerifier;
import dev.gatewright.client.error.InvalidTokenException;
import java.net.URI;
import java.util.Optional;

/**
 * Decodes an access token and verifies it by the issuer's public keys: {@code VerifyToken <access
 * token>}.
 */
public class VerifyToken {

  public static void main(String[] args) {
    String issuer =
        Optional.ofNullable(System.getenv("GATEWRIGHT_ISSUER")).orElse("http://localhost:8080");
    String audience = Optional.ofNullable(System.getenv("GATEWRIGHT_AUDIENCE")).orElse(issuer);

    AccessTokenVerifier verifier = AccessTokenVerifier.discover(URI.create(issuer), audience);
    try {
      System.out.println("verified: " + verifier.verify(args[0]).claims());
    } catch (InvalidTokenException e) {
      System.err.println(
          switch (e.reason()) {
            case EXPIRED -> "expired";
            case AUDIENCE -> "not for " + audience;
            case SIGNATURE -> "tampered with";
            default -> "refused: " + e.getMessage();
          });
      System.exit(1);
    }
  }
}
