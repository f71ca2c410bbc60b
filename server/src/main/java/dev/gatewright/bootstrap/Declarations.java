package dev.gatewright.bootstrap;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a bootstrap file declares. */
record Declarations(
    List<DeclaredResource> resources, List<DeclaredClient> clients, List<DeclaredUser> users) {
  static final Declarations NONE = new Declarations(List.of(), List.of(), List.of());

  /** Reads the whole file, so that a mistake at its end is found before anything is written. */
  static Declarations read(YamlSection root) {
    root.allowOnly("clients", "resources", "users");
    var declarations =
        new Declarations(
            root.sections("resources").stream().map(DeclaredResource::read).toList(),
            root.sections("clients").stream().map(DeclaredClient::read).toList(),
            root.sections("users").stream().map(DeclaredUser::read).toList());
    declarations.refuseRepetitions();
    return declarations;
  }

  private void refuseRepetitions() {
    var seen = new HashSet<String>();
    resources.forEach(
        resource -> once(seen, resource.at(), "identifier", resource.metadata().identifier()));
    seen.clear();
    clients.forEach(client -> once(seen, client.at(), "client_id", client.metadata().clientId()));
    seen.clear();
    users.forEach(user ->
        once(seen, user.at(), "username", user.profile().username().toLowerCase(Locale.ROOT)));
  }

  private static void once(Set<String> seen, YamlSection at, String field, @Nullable String value) {
    if (value != null && !seen.add(value)) {
      throw at.mistake(field, "is declared twice: '" + value + "'");
    }
  }
}
