package dev.gatewright.contract;

import java.util.Set;
import java.util.regex.Pattern;

/** Pages for people, the contract itself, and health: what is served beside the contract. */
public final class BesideTheContract {
  /** Method and path, with the parameters of paths in braces. */
  public static final Set<String> ROUTES =
      Set.of(
          "GET /",
          "GET /account",
          "GET /account/sessions",
          "POST /account/sessions",
          "GET /account/profile",
          "POST /account/profile",
          "GET /login",
          "POST /login",
          "GET /select-account",
          "POST /select-account",
          "GET /sign-up",
          "POST /sign-up",
          "GET /consent",
          "POST /consent",
          "GET /device",
          "POST /device",
          "GET /logout",
          "POST /logout",
          "GET /assets/{fileName}",
          "GET /swagger-ui",
          "GET /swagger-ui/index.html",
          "GET /swagger-ui/{fileName}",
          "GET /reference",
          "GET /reference/{fileName}",
          "GET /openapi.yaml",
          "GET /openapi.json",
          "GET /health",
          "GET /health/{selector}");

  /** Below here is what a test serves to look at the framework around it. */
  private static final String OF_A_TEST = "/api/test/";

  private static final Pattern ALL =
      Pattern.compile(
          String.join("|", ROUTES.stream().map(route -> ServedContract.regex(route)).toList()));

  private BesideTheContract() {}

  /** Whether it is one of the routes, or one of a test; a HEAD is its GET. */
  static boolean holds(String method, String path) {
    return path.startsWith(OF_A_TEST)
        || ALL.matcher((method.equals("HEAD") ? "GET" : method) + " " + path).matches();
  }
}
