import dev.gatewright.client.Gatewright;
import dev.gatewright.client.auth.OAuth2Session;
import java.net.URI;
import java.util.Optional;
import java.util.Scanner;

/**
 * The authorization code flow by the SDK, and one call of the API: the twin of {@code
 * article_client.py}.
 */
public class ArticleClient {

  public static void main(String[] args) {
    String server =
        Optional.ofNullable(System.getenv("GATEWRIGHT_ISSUER")).orElse("http://localhost:8080");

    OAuth2Session session =
        Gatewright.connect(URI.create(server))
            .newSession()
            .clientId("article-client")
            .clientSecret("article-client-secret-for-development-only-000")
            .redirectUri(URI.create("http://localhost:8765/callback"))
            .build();

    System.out.println(
        "Please go to " + session.authorizationUrl().uri() + " and authorize access.");
    System.out.print("Enter the full callback URL: ");
    session.fetchToken(URI.create(new Scanner(System.in).nextLine().strip()));

    System.out.println(session.get(URI.create(server + "/api/user")).body());
  }
}
