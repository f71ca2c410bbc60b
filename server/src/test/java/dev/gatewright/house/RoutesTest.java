package dev.gatewright.house;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatewright.TestServer;
import dev.gatewright.contract.BesideTheContract;
import io.micronaut.web.router.Router;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/**
 * The contract and the server know the same operations: nothing is served that it does not state,
 * nothing stated is missing.
 */
class RoutesTest {
  private static final Set<String> METHODS =
      Set.of("get", "put", "post", "delete", "patch", "options", "head");

  @Test
  void theServerServesTheContractAndNothingElse() throws IOException {
    Set<String> stated = contract();
    stated.addAll(BesideTheContract.ROUTES);
    try (TestServer server = TestServer.start()) {
      assertEquals(stated, served(server));
    }
  }

  private static Set<String> served(TestServer server) {
    return server
        .bean(Router.class)
        .uriRoutes()
        // a HEAD route comes with every GET route
        .filter(route -> !route.getHttpMethodName().equals("HEAD"))
        .map(route -> route.getHttpMethodName() + " " + route.getUriMatchTemplate().toPathString())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @SuppressWarnings("unchecked")
  private static Set<String> contract() throws IOException {
    try (InputStream in = RoutesTest.class.getResourceAsStream("/META-INF/openapi/openapi.yaml")) {
      Map<String, Object> document = new Yaml().load(Objects.requireNonNull(in));
      Map<String, Map<String, Object>> paths =
          (Map<String, Map<String, Object>>) document.get("paths");
      Set<String> operations = new TreeSet<>();
      paths.forEach((path, item) ->
          item.keySet().stream()
              .filter(METHODS::contains)
              .forEach(method -> operations.add(method.toUpperCase(Locale.ROOT) + " " + path)));
      return operations;
    }
  }
}
