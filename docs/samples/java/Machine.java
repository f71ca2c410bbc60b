import dev.gatewright.client.Gatewright;
import dev.gatewright.client.auth.OAuth2Session;
import java.net.URI;
import java.util.Optional;

/**
 * A machine that calls an API of yours with its own tokens: {@code Machine
 * http://localhost:8090/orders}.
 */
public class Machine {

  public static void main(String[] args) {
    String server =
        Optional.ofNullable(System.getenv("GATEWRIGHT_ISSUER")).orElse("http://localhost:8080");

    OAuth2Session session =
        Gatewright.connect(URI.create(server))
            .newSession()
            .clientId("orders-machine")
            .clientSecret("orders-machine-secret-for-development-only-000")
            .clientCredentials()
            .scopes("orders:read")
            .build();

    // Each call has a valid token; a new one is fetched when it is time.
    System.out.println(session.get(URI.create(args[0])).body());
  }
}
