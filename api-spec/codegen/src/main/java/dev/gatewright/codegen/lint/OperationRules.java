package dev.gatewright.codegen.lint;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Paths, and what an operation says about itself. */
final class OperationRules {
  private static final Pattern PARAMETER = Pattern.compile("\\{([^}]*)}");

  /** OAuth's and OpenID Connect's own: what is below them, and this one of RFC 8628 §3.1. */
  private static final Set<String> STANDARD = Set.of("/oauth2/device_authorization");

  private final ContractFiles files;
  private final Findings findings;

  OperationRules(ContractFiles files, Findings findings) {
    this.files = files;
    this.findings = findings;
  }

  void check(List<Operation> operations) {
    files.contract().member("paths").members().forEach(this::path);
    Set<String> ids = new HashSet<>();
    Set<String> tags =
        files.contract().member("tags").items().stream()
            .map(tag -> tag.member("name").text())
            .collect(Collectors.toSet());
    for (Operation operation : operations) {
      named(operation, ids);
      List<String> own = operation.body().member("tags").texts();
      findings.check(
          own.size() == 1 && tags.containsAll(own),
          Rule.ONE_TAG,
          operation.body().member("tags"),
          operation.name() + " has the tags " + own + ", not one that the contract introduces");
      pathParameters(operation);
    }
  }

  private void path(String path, Part reference) {
    if (!path.startsWith("/")) {
      findings.add(Rule.PATH_STYLE, reference, "`" + path + "` does not begin with a slash");
      return;
    }
    for (String segment : path.substring(1).split("/", -1)) {
      boolean fine =
          segment.matches("\\{[a-z][a-z0-9_]*}|\\.?[a-z0-9]+(-[a-z0-9]+)*(\\.json)?")
              || STANDARD.contains(path);
      findings.check(fine, Rule.PATH_STYLE, reference, "`" + segment + "` in " + path);
    }
    String file =
        path.substring(1)
            .replace("{", "")
            .replace("}", "")
            .replaceAll("^\\.", "")
            .replaceAll("\\.json$", "");
    if (!STANDARD.contains(path)) {
      file = file.replace('_', '-');
    }
    String expected = "paths/" + file.replace('/', '_') + ".yaml";
    findings.check(
        reference.reference().equals(expected),
        Rule.PATH_FILE,
        reference,
        path + " is not in " + expected);
  }

  private void named(Operation operation, Set<String> ids) {
    Part body = operation.body();
    Part id = body.member("operationId");
    findings.check(
        id.text().matches("[a-z][A-Za-z0-9]+"),
        Rule.OPERATION_ID,
        id,
        operation.name() + ": operationId `" + id.text() + "` is not lowerCamelCase");
    findings.check(
        ids.add(id.text()),
        Rule.OPERATION_ID,
        id,
        operation.name() + ": operationId `" + id.text() + "` is used twice");
    Part summary = body.member("summary");
    findings.check(summary.hasText(), Rule.SUMMARY, summary, operation.name() + " has no summary");
    findings.check(
        !summary.text().endsWith("."),
        Rule.SUMMARY,
        summary,
        operation.name() + ": the summary ends with a full stop");
    findings.check(
        body.member("description").hasText(),
        Rule.DESCRIPTION,
        body.member("description"),
        operation.name() + " is not described");
  }

  private void pathParameters(Operation operation) {
    Map<String, Part> declared =
        operation.parameters(files).stream()
            .filter(parameter -> parameter.member("in").text().equals("path"))
            .collect(
                Collectors.toMap(
                    parameter -> parameter.member("name").text(), part -> part, (a, b) -> a));
    Set<String> named = new HashSet<>();
    for (Matcher parameters = PARAMETER.matcher(operation.path()); parameters.find(); ) {
      String name = parameters.group(1);
      named.add(name);
      findings.check(
          declared.containsKey(name),
          Rule.PATH_PARAMETERS,
          operation.body(),
          operation.name() + " does not declare {" + name + "}");
    }
    declared.forEach((name, parameter) -> {
      findings.check(
          named.contains(name),
          Rule.PATH_PARAMETERS,
          operation.body(),
          operation.name() + " declares {" + name + "}, which is not in its path");
      findings.check(
          parameter.member("required").isTrue(),
          Rule.PATH_PARAMETERS,
          parameter,
          "{" + name + "} is in a path and not required");
    });
  }
}
