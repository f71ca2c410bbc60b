package dev.gatewright.codegen.lint;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** Who may call an operation, and who may read its answers. */
final class SecurityRules {

  /** Never the authorization endpoint, introspection or the API. */
  private static final Set<String> OPEN_TO_OTHER_ORIGINS =
      Set.of(
          "POST /oauth2/token",
          "POST /oauth2/revoke",
          "GET /oauth2/userinfo",
          "POST /oauth2/userinfo",
          "GET /.well-known/openid-configuration",
          "GET /.well-known/oauth-authorization-server",
          "GET /.well-known/oauth-protected-resource",
          "GET /.well-known/jwks.json");

  private final ContractFiles files;
  private final Findings findings;

  SecurityRules(ContractFiles files, Findings findings) {
    this.files = files;
    this.findings = findings;
  }

  void check(List<Operation> operations) {
    Part schemes = files.contract().member("components").member("securitySchemes");
    Part flows = schemes.member("oauth2").member("flows");
    Map<String, Part> users = flows.member("authorizationCode").member("scopes").members();
    Map<String, Part> machines = flows.member("clientCredentials").member("scopes").members();
    machines.forEach((scope, description) ->
        findings.check(
            users.containsKey(scope),
            Rule.SCOPE_DECLARED,
            description,
            "scope " + scope + " is declared for machines and not for users"));
    users.forEach(this::described);
    machines.forEach(this::described);
    for (Operation operation : operations) {
      Part security = operation.body().member("security");
      findings.check(
          security.exists(),
          Rule.SECURITY_STATED,
          operation.body(),
          operation.name() + " does not state its security");
      for (Part alternative : security.items()) {
        alternative
            .members()
            .forEach((scheme, scopes) -> {
              findings.check(
                  schemes.has(scheme),
                  Rule.SCOPE_DECLARED,
                  scopes,
                  operation.name() + ": there is no security scheme " + scheme);
              for (Part scope : scopes.items()) {
                findings.check(
                    users.containsKey(scope.text()),
                    Rule.SCOPE_DECLARED,
                    scope,
                    operation.name() + " needs the undeclared scope " + scope.text());
              }
            });
      }
      if (operation.needsAccessToken()) {
        refusals(operation);
      }
      crossOrigin(operation);
    }
  }

  private void described(String scope, Part description) {
    findings.check(
        description.hasText(), Rule.DESCRIPTION, description, "scope " + scope + " has no words");
  }

  private void refusals(Operation operation) {
    for (String status : List.of("401", "403")) {
      Part response = operation.body().member("responses").member(status);
      findings.check(
          files.followed(response).member("headers").has("WWW-Authenticate"),
          Rule.REFUSALS_STATED,
          response,
          operation.name() + " does not state " + status + " with WWW-Authenticate");
    }
  }

  private void crossOrigin(Operation operation) {
    Part marked = operation.body().member("x-cross-origin");
    findings.check(
        marked.isTrue() == OPEN_TO_OTHER_ORIGINS.contains(operation.name()),
        Rule.CROSS_ORIGIN,
        marked,
        operation.name() + ": x-cross-origin is " + marked.isTrue());
    Part ok = operation.body().member("responses").member("200");
    Set<String> headers = files.followed(ok).member("headers").members().keySet();
    findings.check(
        marked.isTrue() == headers.containsAll(Set.of("Access-Control-Allow-Origin", "Vary")),
        Rule.CROSS_ORIGIN,
        ok,
        operation.name()
            + " does not state Access-Control-Allow-Origin and Vary, or is not x-cross-origin");
  }
}
