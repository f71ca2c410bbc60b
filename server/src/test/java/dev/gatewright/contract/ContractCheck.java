package dev.gatewright.contract;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.LevelResolver;
import com.atlassian.oai.validator.report.ValidationReport;
import com.fasterxml.jackson.databind.JsonNode;
import dev.gatewright.Forms;
import dev.gatewright.contract.ServedContract.Operation;
import io.netty.handler.codec.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;

/**
 * Compares exchanges with the contract: status, media type, fields and headers of the response; and
 * whether a request that was served is one that the contract knows.
 */
final class ContractCheck {
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final ContractCheck SHARED = new ContractCheck(ServedContract.get());

  /** What HTTP itself says of a message (RFC 9112, RFC 9110 §6.6.1, §8.3). */
  private static final Set<String> TRANSPORT =
      Set.of("content-length", "content-type", "transfer-encoding", "connection", "date");

  /** CORS protocol: the answer to a preflight, which the contract describes for all at once. */
  private static final Set<String> PREFLIGHT =
      Set.of(
          "access-control-allow-origin",
          "access-control-allow-methods",
          "access-control-allow-headers",
          "access-control-max-age",
          "vary");

  /** What other origins may read of another method's refusal, as of every answer there. */
  private static final Set<String> CROSS_ORIGIN =
      Set.of(
          notStated("Vary"),
          notStated("Access-Control-Allow-Origin"),
          notStated("Access-Control-Expose-Headers"));

  private final ServedContract contract;
  private final OpenApiInteractionValidator responses;
  private final OpenApiInteractionValidator requests;

  private ContractCheck(ServedContract contract) {
    for (String talkative : List.of("com.networknt.schema", "com.atlassian.oai")) {
      ((Logger) LoggerFactory.getLogger(talkative)).setLevel(Level.ERROR);
    }
    this.contract = contract;
    // fields that nobody stated are those of a closed copy; callers may send what we do not know
    this.responses = validator(contract.closed());
    this.requests = validator(contract.document().toString());
  }

  private static OpenApiInteractionValidator validator(String document) {
    return OpenApiInteractionValidator.createForInlineApiSpecification(document)
        .withLevelResolver(
            LevelResolver.create()
                .withLevel("validation.schema.additionalProperties", ValidationReport.Level.IGNORE)
                .withLevel("validation.request.accept", ValidationReport.Level.IGNORE)
                .withLevel(
                    "validation.request.parameter.query.unexpected", ValidationReport.Level.IGNORE)
                .build())
        .build();
  }

  /** The one for the contract that is served. */
  static ContractCheck shared() {
    return SHARED;
  }

  /** A sentence for each thing that the contract does not state. */
  List<String> findings(Exchange exchange) {
    List<Operation> there = exchange.readable() ? contract.at(exchange.path()) : List.of();
    String method = exchange.method().equals("HEAD") ? "GET" : exchange.method();
    Optional<Operation> operation =
        there.stream().filter(each -> each.method().equals(method)).findFirst();
    if (operation.isPresent()) {
      return ofOperation(exchange, operation.get());
    }
    if (exchange.readable() && BesideTheContract.holds(exchange.method(), exchange.path())) {
      return List.of();
    }
    boolean preflight =
        exchange.method().equals("OPTIONS")
            && exchange.requestHeaders().contains("Access-Control-Request-Method")
            && there.stream().anyMatch(Operation::isCrossOrigin);
    return preflight ? ofPreflight(exchange) : ofNoOperation(exchange);
  }

  private List<String> ofOperation(Exchange exchange, Operation operation) {
    List<String> findings = new ArrayList<>();
    compare(
        exchange,
        contract.response(operation, exchange.status()),
        operation.method(),
        exchange.path(),
        findings);
    if (findings.isEmpty() && wasServed(exchange)) {
      request(exchange, operation, findings);
    }
    return named(operation.toString(), exchange, findings);
  }

  /** An error that is redirected is none that was served (RFC 6749 §4.1.2.1). */
  private static boolean wasServed(Exchange exchange) {
    return exchange.status() < 400
        && !exchange.method().equals("HEAD")
        && !exchange.headers().get("Location", "").contains("error=");
  }

  private List<String> ofPreflight(Exchange exchange) {
    List<String> findings = new ArrayList<>();
    if (exchange.status() != 204 && exchange.status() != 403) {
      findings.add("a preflight is answered 204 or 403");
    }
    if (exchange.status() == 204) {
      undocumented(exchange, PREFLIGHT, findings);
    }
    return named("preflight of " + exchange.path(), exchange, findings);
  }

  private List<String> ofNoOperation(Exchange exchange) {
    List<String> findings = new ArrayList<>();
    List<JsonNode> rules = contract.rules();
    for (int i = 0; i < rules.size(); i++) {
      JsonNode rule = rules.get(i);
      if (isBelow(exchange.target(), rule.get("below"))) {
        Optional<JsonNode> stated =
            contract
                .named(rule.path("unserved"), exchange.status())
                .or(() -> contract.named(rule.path("responses"), exchange.status()));
        compare(exchange, stated, "GET", ServedContract.UNSERVED + i, findings);
        if (contract.at(exchange.path()).stream().anyMatch(Operation::isCrossOrigin)) {
          findings.removeIf(CROSS_ORIGIN::contains);
        }
        break;
      }
    }
    String what = exchange.readable() ? "no operation, " : "no request, ";
    return named(what + exchange.method() + " " + exchange.path(), exchange, findings);
  }

  private static boolean isBelow(String target, JsonNode prefixes) {
    for (JsonNode prefix : prefixes) {
      if (target.startsWith(prefix.asText())) {
        return true;
      }
    }
    return false;
  }

  private static List<String> named(String what, Exchange exchange, List<String> findings) {
    return findings.stream()
        .map(finding -> what + " " + exchange.status() + ": " + finding)
        .toList();
  }

  private void compare(
      Exchange exchange,
      Optional<JsonNode> stated,
      String method,
      String path,
      List<String> findings) {
    if (stated.isEmpty()) {
      findings.add("the status is not stated; the body is " + exchange.text());
      return;
    }
    headers(exchange, stated.get().path("headers"), findings);
    if (!exchange.method().equals("HEAD")) {
      content(exchange, stated.get().path("content"), method, path, findings);
    }
  }

  private void headers(Exchange exchange, JsonNode stated, List<String> findings) {
    Set<String> known = new TreeSet<>();
    stated
        .properties()
        .forEach(header -> {
          known.add(header.getKey().toLowerCase(Locale.ROOT));
          if (contract.resolve(header.getValue()).path("required").asBoolean()
              && !exchange.headers().contains(header.getKey())) {
            findings.add("the header " + header.getKey() + " is missing");
          }
        });
    undocumented(exchange, known, findings);
  }

  private static void undocumented(Exchange exchange, Set<String> known, List<String> findings) {
    for (String header : exchange.headers().names()) {
      String name = header.toLowerCase(Locale.ROOT);
      if (!known.contains(name) && !TRANSPORT.contains(name)) {
        findings.add(notStated(header));
      }
    }
  }

  private static String notStated(String header) {
    return "the header " + header + " is not stated";
  }

  private void content(
      Exchange exchange, JsonNode stated, String method, String path, List<String> findings) {
    if (stated.isEmpty()) {
      if (exchange.body().length > 0) {
        findings.add("no body is stated, but there is one of type " + exchange.mediaType());
      }
      return;
    }
    if (!stated.has(exchange.mediaType())) {
      findings.add("the media type '" + exchange.mediaType() + "' is not stated");
      return;
    }
    SimpleResponse.Builder response =
        SimpleResponse.Builder.status(exchange.status()).withBody(exchange.body());
    for (String header : exchange.headers().names()) {
      response.withHeader(header, exchange.headers().getAll(header));
    }
    report(
        responses.validateResponse(path, Request.Method.valueOf(method), response.build()),
        "",
        findings);
  }

  private void request(Exchange exchange, Operation operation, List<String> findings) {
    SimpleRequest.Builder request =
        new SimpleRequest.Builder(exchange.method(), exchange.path(), true);
    JsonNode stated = operation.body().path("requestBody");
    // nobody reads a body where none is stated, and what is not sent has no media type
    boolean unread =
        exchange.requestBody().length == 0 && !stated.path("required").asBoolean()
            || stated.isMissingNode();
    HttpHeaders headers = exchange.requestHeaders();
    for (String header : headers.names()) {
      if (!unread || !header.equalsIgnoreCase("Content-Type")) {
        request.withHeader(header, headers.getAll(header));
      }
    }
    if (!exchange.query().isEmpty()) {
      Forms.decode(exchange.query())
          .forEach((name, values) -> {
            if (!values.equals(List.of(""))) { // without a value it counts as absent
              request.withQueryParam(name, values);
            }
          });
    }
    if (unread) {
      stated.path("content").fieldNames().forEachRemaining(request::withContentType);
    } else if (stated.path("content").has(FORM)) {
      request.withBody(withoutEmpty(exchange.requestBody()));
    } else {
      request.withBody(exchange.requestBody());
    }
    report(requests.validateRequest(request.build()), "it was served, though ", findings);
    if (stated.path("content").has(FORM)) {
      // to the validator, 1 is a number and null is nothing, in a form as well
      findings.removeIf(finding -> finding.matches(".*\\w+ found, (string|array) expected"));
    }
    if (!exchange.method().equals("PATCH")) {
      // as the contract says of all of them, a member that is null counts as absent
      findings.removeIf(finding -> finding.matches(".*null found, \\w+ expected"));
    }
  }

  /** RFC 6749 §3.1, §3.2: a parameter without a value counts as absent. */
  private static String withoutEmpty(byte[] form) {
    return Arrays.stream(new String(form, StandardCharsets.UTF_8).split("&"))
        .filter(parameter -> !parameter.matches("[^=]*=?"))
        .collect(Collectors.joining("&", "empty=no&", "")); // a form of no fields is a form
  }

  private static void report(ValidationReport report, String prefix, List<String> findings) {
    for (ValidationReport.Message message : report.getMessages()) {
      if (message.getLevel() == ValidationReport.Level.ERROR) {
        findings.add(prefix + message.getMessage());
      }
    }
  }
}
