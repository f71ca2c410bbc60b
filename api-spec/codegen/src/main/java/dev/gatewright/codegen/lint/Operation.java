package dev.gatewright.codegen.lint;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * One operation of the contract.
 *
 * @param method in lower case
 * @param path with its parameters in braces
 * @param item the path's file
 * @param body what the contract says about it
 */
record Operation(String method, String path, Part item, Part body) {
  private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");

  static List<Operation> of(ContractFiles files) {
    List<Operation> operations = new ArrayList<>();
    files
        .contract()
        .member("paths")
        .members()
        .forEach((path, reference) -> {
          Part item = files.followed(reference);
          item.members()
              .forEach((method, body) -> {
                if (METHODS.contains(method)) {
                  operations.add(new Operation(method, path, item, body));
                }
              });
        });
    return operations;
  }

  /** Such as {@code GET /api/user}. */
  String name() {
    return method.toUpperCase(Locale.ROOT) + " " + path;
  }

  boolean isApi() {
    return path.startsWith("/api/");
  }

  Map<String, Part> responses() {
    return body.member("responses").members();
  }

  boolean states(String... statuses) {
    return responses().keySet().containsAll(List.of(statuses));
  }

  List<Part> parameters(ContractFiles files) {
    List<Part> all = new ArrayList<>(item.member("parameters").items());
    all.addAll(body.member("parameters").items());
    return all.stream().map(files::followed).toList();
  }

  /** Whether one of its alternatives is an access token with scopes. */
  boolean needsAccessToken() {
    return body.member("security").items().stream().anyMatch(each -> each.has("oauth2"));
  }
}
