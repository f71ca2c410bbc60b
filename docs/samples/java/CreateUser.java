import dev.gatewright.client.ApiClient;
import dev.gatewright.client.ApiException;
import dev.gatewright.client.api.AccountApi;
import dev.gatewright.client.api.UsersApi;
import dev.gatewright.client.auth.GatewrightException;
import dev.gatewright.client.auth.OAuth2Session;
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
      ApiClient anonymous = new ApiClient();
      anonymous.updateBaseUri(server);
      User created =
          new UsersApi(anonymous).signUp(new SignUpRequest().username(args[0]).password(args[1]));
      System.out.println("created:   " + created.getId() + " " + created.getUsername());

      OAuth2Session session = OAuth2Session.builder(URI.create(server)).build();
      session.logIn(args[0], args[1]);
      User readBack = new AccountApi(session.apiClient()).getUser();
      System.out.println("read back: " + readBack.getId() + " " + readBack.getUsername());
      session.revoke();
    } catch (ApiException e) {
      System.err.println("refused: " + GatewrightException.from(e).getMessage());
      System.exit(1);
    }
  }
}
