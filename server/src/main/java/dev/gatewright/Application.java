package dev.gatewright;

import dev.gatewright.crypto.NativeCrypto;
import dev.gatewright.settings.InvalidSettingException;
import io.micronaut.context.env.Environment;
import io.micronaut.runtime.Micronaut;
import java.net.BindException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;

/** Starts the server. What an operator can mend is said in one sentence, not in a stack trace. */
public final class Application extends Micronaut {

  private Application() {}

  /**
   * The entry point; {@code arguments} are Micronaut's, such as {@code
   * -micronaut.server.port=9090}.
   */
  public static void main(String[] arguments) {
    // DATETIME columns hold UTC, whatever zone the machine is in
    TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
    // a data folder may be given as a path relative to where the server is started
    System.setProperty("h2.implicitRelativePath", "true");
    NativeCrypto.install();
    StopWithParent.ifAsked();
    new Application().classes(Application.class).args(arguments).banner(false).start();
  }

  @Override
  protected void handleStartupException(@Nullable Environment environment, Throwable failure) {
    Optional<String> sentence = sentence(failure);
    if (sentence.isEmpty()) {
      super.handleStartupException(environment, failure);
    } else {
      System.err.println("Gatewright did not start: " + sentence.get());
      System.exit(1);
    }
  }

  private static Optional<String> sentence(Throwable failure) {
    @Nullable Throwable cause = failure;
    for (int depth = 0; cause != null && depth < 30; depth++) {
      switch (cause) {
        case InvalidSettingException setting -> {
          return Optional.of(String.valueOf(setting.getMessage()));
        }
        case BindException taken -> {
          return Optional.of(
              "its port is in use ("
                  + taken.getMessage()
                  + "); set micronaut.server.port to another one.");
        }
        case SQLException sql when !(sql.getCause() instanceof SQLException) -> {
          return Optional.of(
              "its database cannot be used ("
                  + String.valueOf(sql.getMessage()).lines().findFirst().orElse("no reason given")
                  + "); see datasources.default.url, username and password.");
        }
        default -> cause = cause.getCause();
      }
    }
    return Optional.empty();
  }
}
