package dev.gatewright.codegen.compat;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.security.OAuthFlow;
import io.swagger.v3.oas.models.security.OAuthFlows;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** What a caller has to show, before and now. */
final class SecurityComparison {
  private final OpenAPI before;
  private final OpenAPI now;
  private final Breaks breaks;

  SecurityComparison(OpenAPI before, OpenAPI now, Breaks breaks) {
    this.before = before;
    this.now = now;
    this.breaks = breaks;
  }

  /** Every way in is still the way it was. */
  void schemes() {
    Map<String, SecurityScheme> current = schemes(now);
    schemes(before)
        .forEach((name, scheme) -> {
          String where = "Security scheme " + name;
          SecurityScheme same = current.get(name);
          if (same == null) {
            breaks.add(where, "it was removed");
            return;
          }
          if (scheme.getType() != same.getType()
              || !Objects.equals(scheme.getScheme(), same.getScheme())
              || scheme.getIn() != same.getIn()
              || !Objects.equals(scheme.getName(), same.getName())) {
            breaks.add(where, "it is another kind of authentication");
          }
          flows(scheme.getFlows())
              .forEach(
                  (flow, old) -> flow(where + ", " + flow, old, flows(same.getFlows()).get(flow)));
        });
  }

  private void flow(String where, OAuthFlow old, OAuthFlow current) {
    if (current == null) {
      breaks.add(where, "the flow was removed");
      return;
    }
    if (!Objects.equals(old.getAuthorizationUrl(), current.getAuthorizationUrl())
        || !Objects.equals(old.getTokenUrl(), current.getTokenUrl())) {
      breaks.add(where, "its endpoints moved");
    }
    for (String scope : Breaks.gone(old.getScopes().keySet(), current.getScopes().keySet())) {
      breaks.add(where, "scope %s can no longer be asked for", scope);
    }
  }

  /** Whoever could call still can: each old alternative satisfies one of the new. */
  void operation(String name, Operation old, Operation current) {
    List<SecurityRequirement> alternatives = alternatives(current, now);
    for (SecurityRequirement shown : alternatives(old, before)) {
      if (alternatives.stream().noneMatch(needed -> satisfies(shown, needed))) {
        breaks.add(name, "%s no longer suffices: it needs %s", words(shown), words(alternatives));
      }
    }
  }

  private static boolean satisfies(SecurityRequirement shown, SecurityRequirement needed) {
    return needed.entrySet().stream()
        .allMatch(scheme ->
            shown.containsKey(scheme.getKey())
                && shown.get(scheme.getKey()).containsAll(scheme.getValue()));
  }

  private static List<SecurityRequirement> alternatives(Operation operation, OpenAPI contract) {
    List<SecurityRequirement> stated =
        operation.getSecurity() != null ? operation.getSecurity() : contract.getSecurity();
    return stated == null || stated.isEmpty() ? List.of(new SecurityRequirement()) : stated;
  }

  private static String words(SecurityRequirement alternative) {
    if (alternative.isEmpty()) {
      return "no authentication";
    }
    return alternative.entrySet().stream()
        .map(scheme ->
            scheme.getValue().isEmpty()
                ? scheme.getKey()
                : scheme.getKey() + " with " + String.join(" and ", scheme.getValue()))
        .collect(Collectors.joining(", and "));
  }

  private static String words(List<SecurityRequirement> alternatives) {
    return alternatives.stream()
        .map(SecurityComparison::words)
        .collect(Collectors.joining(", or "));
  }

  private static Map<String, SecurityScheme> schemes(OpenAPI contract) {
    Map<String, SecurityScheme> schemes = contract.getComponents().getSecuritySchemes();
    return schemes == null ? Map.of() : schemes;
  }

  private static Map<String, OAuthFlow> flows(OAuthFlows flows) {
    Map<String, OAuthFlow> all = new LinkedHashMap<>();
    if (flows != null) {
      all.put("authorizationCode", flows.getAuthorizationCode());
      all.put("clientCredentials", flows.getClientCredentials());
      all.put("password", flows.getPassword());
      all.put("implicit", flows.getImplicit());
      all.values().removeIf(Objects::isNull);
    }
    return all;
  }
}
