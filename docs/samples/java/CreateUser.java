import dev.gatewright.client.Gatewright;
import dev.gatewright.client.auth.OAuth2Session;
import dev.gatewright.client.error.GatewrightException;
import dev.gatewright.client.model.SignUpRequest;
import dev.gatewright.client.model.User;
import java.net.URI;
import java.util.Optional;

/**
 * Creates a user and, logged in as that user, reads it back: {@code CreateUser <user name>
 * <password>}.
 */
public class CreateUser {

  public static void main(String[] args) {
    String server =
        Optional.ofNullable(System.getenv("GATEWRIGHT_ISSUER")).orElse("http://localhost:8080");
    try {
      Gatewright gatewright = Gatewright.connect(URI.create(server));
      User created =
          gatewright
              .users()
              .signUp(SignUpRequest.builder().username(args[0]).password(args[1]).build());
      System.out.println("created:   " + created.id() + " " + created.username());

      OAuth2Session session = gatewright.newSession().build();
      session.logIn(args[0], args[1]);
      User readBack = gatewright.with(session).account().getUser();
      System.out.println("read back: " + readBack.id() + " " + readBack.username());
      session.revoke();
    } catch (GatewrightException e) {
      System.err.println("refused: " + e.getMessage());
      System.exit(1);
    }
  }
}
