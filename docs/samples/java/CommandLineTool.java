import dev.gatewright.client.Gatewright;
import dev.gatewright.client.auth.LoopbackLogin;
import dev.gatewright.client.auth.OAuth2Session;
import dev.gatewright.client.error.AuthorizationRequiredException;
import dev.gatewright.client.store.EncryptedFileTokenStore;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A command-line tool that logs in by the browser once, and then finds its tokens in an encrypted
 * file: {@code CommandLineTool}, and {@code CommandLineTool logout}.
 */
public class CommandLineTool {

  public static void main(String[] args) {
    Path file = Path.of(setting("TOOL_TOKENS", System.getProperty("user.home") + "/.tool/tokens"));
    char[] passphrase =
        Optional.ofNullable(System.getenv("TOOL_PASSPHRASE"))
            .map(String::toCharArray)
            .orElseGet(() -> System.console().readPassword("Passphrase: "));
    OAuth2Session session =
        Gatewright.connect(URI.create(setting("GATEWRIGHT_ISSUER", "http://localhost:8080")))
            .newSession()
            .clientId("command-line-tool")
            .scopes("openid", "offline_access", "user:read")
            .tokenStore(EncryptedFileTokenStore.open(file, passphrase))
            .build();

    if (args.length == 1 && args[0].equals("logout")) {
      session.revoke();
      System.out.println("Logged out");
      return;
    }
    System.out.println("Hello, " + username(session));
  }

  private static String username(OAuth2Session session) {
    try {
      return session.api().account().getUser().username();
    } catch (AuthorizationRequiredException e) {
      // The first time, and when the refresh token has expired or was revoked.
      session.logInByBrowser(
          LoopbackLogin.showing(
              address -> System.out.println("Please go to " + address + " and authorize access.")));
      return session.api().account().getUser().username();
    }
  }

  private static String setting(String name, String otherwise) {
    return Optional.ofNullable(System.getenv(name)).orElse(otherwise);
  }
}
