package dev.gatewright.codegen.lint;

import java.util.Locale;

/** A rule of the contract's style, with the reason that {@code docs/contract-style.md} gives. */
public enum Rule {
  YAML_SYNTAX("What cannot be read says nothing."),
  DUPLICATE_KEY("YAML readers keep one of the two, and not all the same one."),
  UNKNOWN_KEY("A misspelt key is ignored in silence, and its promise with it."),
  MISSING_KEY("OpenAPI requires it, and tools fail without it, each in its own way."),
  VALUE_TYPE("`required: 'yes'` and `maxLength: ten` are ignored in silence too."),
  UNRESOLVED_REFERENCE("What is not there cannot be generated from."),
  REFERENCE_ALONE("OpenAPI 3.0 ignores whatever stands beside a `$ref`."),
  UNUSED_FILE(
      "A file that nothing refers to is not part of the contract, and looks as if it were."),
  PATH_FILE(
      "One finds `/api/clients/{client_id}` in `paths/api_clients_client-id.yaml`, without"
          + " searching."),
  PATH_STYLE(
      "Addresses are guessed right: lower case, words by hyphens, parameters in snake_case, no"
          + " slash at the end."),
  PATH_PARAMETERS(
      "A parameter in the address that is not declared is never bound, nor is a declared one that"
          + " is not there."),
  OPERATION_ID("It is the method's name in every SDK: lowerCamelCase, and one only."),
  SUMMARY("The line in every table of contents: a few words, no full stop."),
  DESCRIPTION(
      "What a name leaves open is read here: operations, parameters, answers, headers, schemas,"
          + " properties, tags, scopes."),
  ONE_TAG("A tag is one interface of the server and one class of the SDK."),
  SECURITY_STATED(
      "Whoever forgets it would publish an open endpoint: open is said with `security: []`."),
  SCOPE_DECLARED(
      "A scope that no flow declares cannot be asked for, and consent pages have no words for it."),
  REFUSALS_STATED(
      "RFC 6750 §3: a caller learns from `WWW-Authenticate` whether to refresh, or to ask for"
          + " more."),
  PROBLEM_TYPE("One way to read errors: RFC 9457 below `/api`, RFC 6749 §5.2 at OAuth endpoints."),
  BODY_REFUSED("Any body may be malformed (400), too large (413) or of another kind (415)."),
  PARAMETER_REFUSED("Where a parameter has limits, they can be missed (400)."),
  CACHE_CONTROL(
      "Tokens and accounts in a shared cache are a leak: every JSON answer says who may keep it."),
  CROSS_ORIGIN(
      "Which answers other origins may read is decided here once: tokens, claims, metadata; never"
          + " the API."),
  NO_INLINE_SCHEMA(
      "An inline schema becomes `GetUser200Response` in generated code: a schema has a file, and"
          + " its name."),
  SCHEMA_NAME("The file's name is the type's name in every language: UpperCamelCase."),
  SNAKE_CASE("OAuth's own parameters are; two styles in one body are guessed wrong."),
  REQUIRED_EXISTS("A required property that no schema describes can never be sent right."),
  LIMITED_INPUT(
      "Whatever is sent to the API is kept or searched: a text without `maxLength`, a list without"
          + " `maxItems` finds its limit in the database, as a 500."),
  PASSWORD_WRITE_ONLY("Passwords go in and never come out; generated code masks them."),
  PAGINATION(
      "Every list grows: `limit` and `cursor` in, `items` and `next_cursor` out, everywhere."),
  EXAMPLE_PRESENT("The mock and Swagger UI show it, and it says more than a type."),
  EXAMPLE_MATCHES("A wrong example is copied."),
  DEPRECATION(
      "Callers have to learn it from the answer, with a date: RFC 9745 `Deprecation`, RFC 8594"
          + " `Sunset`.");

  private final String reason;

  Rule(String reason) {
    this.reason = reason;
  }

  /** Its name on the page and in findings, such as {@code unknown-key}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Why it is a rule, in one sentence. */
  public String reason() {
    return reason;
  }
}
