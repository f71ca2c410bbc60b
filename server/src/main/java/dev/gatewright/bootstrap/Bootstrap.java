package dev.gatewright.bootstrap;

import dev.gatewright.client.ClientRegistrations;
import dev.gatewright.client.Registrable;
import dev.gatewright.http.FieldError;
import dev.gatewright.http.ProblemException;
import dev.gatewright.http.ProblemType;
import dev.gatewright.resource.ResourceRegistrations;
import dev.gatewright.resource.Resources;
import dev.gatewright.settings.InvalidSettingException;
import dev.gatewright.settings.ServerSettings;
import io.micronaut.context.annotation.Property;
import io.micronaut.context.event.StartupEvent;
import io.micronaut.runtime.event.annotation.EventListener;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/**
 * Brings the database to what the file {@code gatewright.bootstrap-file} declares. Runs at every
 * start, before the server listens, at every node, and changes nothing that is as it should be.
 */
@Singleton
public class Bootstrap {
  private static final int ATTEMPTS = 5;

  private final @Nullable String file;
  private final ServerSettings settings;
  private final ResourceRegistrations resources;
  private final ClientRegistrations clients;
  private final Registrable registrable;
  private final DeclaredUsers users;

  Bootstrap(
      @Nullable @Property(name = "gatewright.bootstrap-file") String file,
      ServerSettings settings,
      ResourceRegistrations resourceRegistrations,
      ClientRegistrations clientRegistrations,
      Resources resources,
      DeclaredUsers users) {
    this.file = file;
    this.settings = settings;
    this.resources = resourceRegistrations;
    this.clients = clientRegistrations;
    this.registrable = new Registrable(resources::knows, resources::isAudience);
    this.users = users;
  }

  /**
   * Applies the file, if there is one.
   *
   * @throws InvalidSettingException a mistake in the file, by line and field
   */
  @EventListener
  void onStartup(StartupEvent started) {
    if (file != null && !file.isBlank()) {
      apply(BootstrapFile.read(file, new Placeholders(settings.issuer(), System::getenv)));
    }
  }

  void apply(Declarations declared) {
    declared
        .resources()
        .forEach(resource -> at(resource.at(), () -> resources.declare(resource.metadata())));
    declared
        .clients()
        .forEach(client ->
            at(
                client.at(),
                () -> clients.declare(client.metadata(), client.clientSecret(), registrable)));
    declared.users().forEach(user -> at(user.at(), () -> users.declare(user)));
  }

  /**
   * Applies one declaration; a refusal names its place in the file. Another node may write the same
   * in the same moment: then it is read and compared again.
   */
  private static void at(YamlSection place, Runnable declaration) {
    for (int attempt = 1; ; attempt++) {
      try {
        declaration.run();
        return;
      } catch (ProblemException e) {
        boolean overtaken =
            e.type() == ProblemType.CONFLICT || e.type() == ProblemType.PRECONDITION_FAILED;
        if (!overtaken || attempt == ATTEMPTS) {
          throw mistake(place, e);
        }
      }
    }
  }

  private static InvalidSettingException mistake(YamlSection place, ProblemException problem) {
    if (problem.errors().isEmpty()) {
      return place.mistake("cannot be written: " + problem.detail());
    }
    FieldError first = problem.errors().getFirst();
    return place.mistake(first.field(), first.message());
  }
}
