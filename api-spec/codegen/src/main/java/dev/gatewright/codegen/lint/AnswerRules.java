package dev.gatewright.codegen.lint;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** What an operation answers. */
final class AnswerRules {

  /** Errors there are pages. */
  private static final Set<String> FOR_BROWSERS = Set.of("/oauth2/auth", "/oauth2/logout");

  private static final Set<String> PROBLEM = Set.of("application/problem+json");
  private static final Set<String> OAUTH_ERROR = Set.of("application/json");

  private static final Set<String> LIMITS =
      Set.of("minLength", "maxLength", "minimum", "maximum", "pattern", "format");

  private final ContractFiles files;
  private final Findings findings;

  AnswerRules(ContractFiles files, Findings findings) {
    this.files = files;
    this.findings = findings;
  }

  void check(List<Operation> operations) {
    for (Operation operation : operations) {
      operation.responses().forEach((status, response) -> answer(operation, status, response));
      refusals(operation);
      if (operation.body().member("operationId").text().startsWith("list")) {
        pages(operation);
      }
      deprecation(operation);
    }
  }

  private void answer(Operation operation, String status, Part reference) {
    findings.check(
        status.matches("[1-5][0-9][0-9]"),
        Rule.VALUE_TYPE,
        reference,
        operation.name() + ": `" + status + "` is no status");
    Part response = files.followed(reference);
    Set<String> types = response.member("content").members().keySet();
    if (status.compareTo("400") >= 0 && operation.isApi()) {
      findings.check(
          types.equals(PROBLEM),
          Rule.PROBLEM_TYPE,
          reference,
          operation.name() + ": " + status + " is not a problem");
    } else if (status.compareTo("400") >= 0 && !FOR_BROWSERS.contains(operation.path())) {
      findings.check(
          types.equals(OAUTH_ERROR),
          Rule.PROBLEM_TYPE,
          reference,
          operation.name() + ": " + status + " is not OAuth JSON");
    }
    boolean json = types.stream().anyMatch(type -> type.endsWith("json"));
    findings.check(
        !json || response.member("headers").has("Cache-Control"),
        Rule.CACHE_CONTROL,
        reference,
        operation.name() + ": " + status + " does not state Cache-Control");
  }

  private void refusals(Operation operation) {
    findings.check(
        !operation.body().has("requestBody") || operation.states("400", "413", "415"),
        Rule.BODY_REFUSED,
        operation.body().member("responses"),
        operation.name() + " has a body and does not state 400, 413 and 415");
    boolean limited =
        operation.parameters(files).stream()
            .map(parameter -> files.followed(parameter.member("schema")).members().keySet())
            .anyMatch(keys -> !Collections.disjoint(keys, LIMITS));
    findings.check(
        !limited || operation.states("400"),
        Rule.PARAMETER_REFUSED,
        operation.body().member("responses"),
        operation.name() + " limits a parameter and does not state 400");
  }

  private void pages(Operation operation) {
    List<String> names =
        operation.parameters(files).stream()
            .map(parameter -> parameter.member("name").text())
            .toList();
    findings.check(
        names.containsAll(List.of("limit", "cursor")),
        Rule.PAGINATION,
        operation.body().member("operationId"),
        operation.name() + " lists without limit and cursor");
    Part answer = files.followed(operation.body().member("responses").member("200"));
    Part schema =
        files.followed(answer.member("content").member("application/json").member("schema"));
    findings.check(
        schema.member("properties").has("items")
            && schema.member("properties").has("next_cursor")
            && schema.member("required").texts().contains("items"),
        Rule.PAGINATION,
        operation.body().member("operationId"),
        operation.name() + " does not answer `items` and `next_cursor`");
  }

  private void deprecation(Operation operation) {
    Part body = operation.body();
    Part since = body.member("x-deprecated-since");
    Part sunset = body.member("x-sunset");
    if (!body.member("deprecated").isTrue()) {
      findings.check(
          !since.exists() && !sunset.exists(),
          Rule.DEPRECATION,
          since.exists() ? since : sunset,
          operation.name() + " has a date of its deprecation and is not `deprecated: true`");
      return;
    }
    findings.check(
        isDate(since),
        Rule.DEPRECATION,
        since,
        operation.name() + " is deprecated without the date, x-deprecated-since: 2027-01-31");
    findings.check(
        !sunset.exists()
            || isDate(sunset)
                && isDate(since)
                && LocalDate.parse(sunset.text()).isAfter(LocalDate.parse(since.text())),
        Rule.DEPRECATION,
        sunset,
        operation.name() + ": x-sunset is no date after x-deprecated-since");
  }

  private static boolean isDate(Part part) {
    try {
      return part.exists() && LocalDate.parse(part.text()) != null;
    } catch (DateTimeParseException e) {
      return false;
    }
  }
}
