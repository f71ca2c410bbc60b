package dev.gatewright.codegen;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who may call an operation, read from its {@code security}.
 *
 * <p>The alternatives of {@code security} are ways to present one and the same access token, so all
 * of them together mean one set of scopes, every one of which is required. An operation is open to
 * anonymous callers when it names no scheme, when one alternative is empty, or when an alternative
 * is client authentication (HTTP Basic) or a scheme marked {@code x-checked-by-endpoint}, which the
 * endpoint does by itself.
 *
 * @param anonymous whether callers without an access token come through
 * @param scopes the scopes that the access token must have, all of them
 */
record Guard(boolean anonymous, List<String> scopes) {

  /** Marks a scheme whose tokens are not this guard's to check, such as those of RFC 7592. */
  private static final String CHECKED_BY_ENDPOINT = "x-checked-by-endpoint";

  private static final Guard OPEN = new Guard(true, List.of());

  static Guard of(OpenAPI contract, Operation operation) {
    List<SecurityRequirement> alternatives =
        operation.getSecurity() != null ? operation.getSecurity() : contract.getSecurity();
    if (alternatives == null || alternatives.isEmpty()) {
      return OPEN;
    }
    Set<String> scopes = new LinkedHashSet<>();
    for (SecurityRequirement alternative : alternatives) {
      if (alternative.keySet().stream().allMatch(name -> isClientAuthentication(contract, name))) {
        return OPEN;
      }
      Set<String> asked = new LinkedHashSet<>();
      alternative.values().forEach(asked::addAll);
      if (!asked.isEmpty() && !scopes.isEmpty() && !asked.equals(scopes)) {
        throw new IllegalArgumentException(
            "The alternatives of %s ask for different scopes, %s and %s: say which are required"
                .formatted(operation.getOperationId(), scopes, asked));
      }
      scopes.addAll(asked);
    }
    return new Guard(false, new ArrayList<>(scopes));
  }

  private static boolean isClientAuthentication(OpenAPI contract, String name) {
    Map<String, SecurityScheme> schemes =
        contract.getComponents() == null ? null : contract.getComponents().getSecuritySchemes();
    SecurityScheme scheme = schemes == null ? null : schemes.get(name);
    if (scheme == null) {
      throw new IllegalArgumentException("No security scheme is called " + name);
    }
    boolean byEndpoint =
        scheme.getExtensions() != null
            && Boolean.TRUE.equals(scheme.getExtensions().get(CHECKED_BY_ENDPOINT));
    return byEndpoint
        || (scheme.getType() == SecurityScheme.Type.HTTP
            && "basic".equalsIgnoreCase(scheme.getScheme()));
  }
}
