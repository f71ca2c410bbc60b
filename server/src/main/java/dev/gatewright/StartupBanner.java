package dev.gatewright;

import dev.gatewright.bootstrap.FirstAdministrator;
import dev.gatewright.bootstrap.FirstAdministrators;
import dev.gatewright.crypto.NativeCrypto;
import dev.gatewright.settings.ServerSettings;
import io.micronaut.runtime.event.annotation.EventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import jakarta.inject.Singleton;

/**
 * Says where to go, once the server listens; and the first administrator's password, once ever, and
 * never to the log. A start that fails before makes no administrator.
 */
@Singleton
final class StartupBanner {
  private final ServerSettings settings;
  private final FirstAdministrators administrators;

  StartupBanner(ServerSettings settings, FirstAdministrators administrators) {
    this.settings = settings;
    this.administrators = administrators;
  }

  @EventListener
  void onStartup(ServerStartupEvent started) {
    System.out.println(text());
  }

  private String text() {
    StringBuilder text =
        new StringBuilder("\nGatewright is ready.\n")
            .append(line("Home page", "/"))
            .append(line("Swagger UI", "/swagger-ui/"))
            .append(line("Contract", "/openapi.yaml"))
            .append(line("Discovery", "/.well-known/openid-configuration"))
            .append("  %-14s %s%n".formatted("Cryptography", "by " + NativeCrypto.inUse()));
    administrators.create().ifPresent(administrator -> text.append(shownOnce(administrator)));
    return text.toString();
  }

  private String line(String name, String path) {
    return "  %-14s %s%n".formatted(name, settings.url(path));
  }

  private static String shownOnce(FirstAdministrator administrator) {
    return "%n  The first administrator, shown this once:%n  %-14s %s%n  %-14s %s%n"
        .formatted("User name", administrator.username(), "Password", administrator.password());
  }
}
