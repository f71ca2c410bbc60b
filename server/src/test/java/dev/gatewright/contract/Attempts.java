package dev.gatewright.contract;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatewright.Forms;
import dev.gatewright.TestClient;
import dev.gatewright.contract.Attempt.Kind;
import dev.gatewright.contract.ServedContract.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Makes requests of an operation from its parameters, body and security. */
final class Attempts {
  static final String FORM = "application/x-www-form-urlencoded";

  private final ServedContract contract;
  private final Guests guests;

  Attempts(ServedContract contract, Guests guests) {
    this.contract = contract;
    this.guests = guests;
  }

  /** One request, which chance decides all about. */
  Attempt make(Operation operation, Random random) {
    Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
    SchemaValues values = new SchemaValues(contract, random);
    Mischief mischief = new Mischief(random);
    Attempt attempt = new Attempt(operation, kind);
    List<Map.Entry<String, String>> query = new ArrayList<>();
    attempt.header("X-Forwarded-For", guests.address());
    parameters(attempt, values, random, query);
    credentials(attempt, random);
    JsonNode content = contract.resolve(operation.body().path("requestBody")).path("content");
    content
        .properties()
        .forEach(type -> body(attempt, type.getKey(), type.getValue(), values, random));
    if (kind == Kind.NEARLY_VALID) {
      mischief.spoil(attempt, query);
    }
    if (!query.isEmpty()) {
      attempt.target += "?" + Forms.encode(query);
    }
    if (kind == Kind.WILD) {
      mischief.runWild(attempt);
    }
    return attempt;
  }

  private void parameters(
      Attempt attempt, SchemaValues values, Random random, List<Map.Entry<String, String>> query) {
    List<JsonNode> parameters = new ArrayList<>();
    attempt.operation.item().path("parameters").forEach(parameters::add);
    attempt.operation.body().path("parameters").forEach(parameters::add);
    for (JsonNode reference : parameters) {
      JsonNode parameter = contract.resolve(reference);
      String name = parameter.get("name").asText();
      JsonNode value =
          parameter.has("example") && random.nextBoolean()
              ? parameter.get("example")
              : values.of(parameter.get("schema"));
      switch (parameter.get("in").asText()) {
        case "path" ->
            attempt.target =
                attempt.target.replace("{" + name + "}", pathValue(attempt, name, random));
        case "query" -> {
          if (random.nextInt(3) == 0) {
            each(value).forEach(one -> query.add(Map.entry(name, one)));
          }
        }
        case "header" -> {
          if (random.nextInt(3) == 0) {
            attempt.header(name, value.asText().replaceAll("[^ -~]", ""));
          }
        }
        default -> throw new AssertionError(parameter);
      }
    }
  }

  private String pathValue(Attempt attempt, String name, Random random) {
    return attempt.operation.template().startsWith("/oauth2/register/") && random.nextInt(4) > 0
        ? guests.registration()
        : guests.value(name, random);
  }

  /** None, garbage, or those that the operation asks for. */
  private void credentials(Attempt attempt, Random random) {
    int chance = attempt.kind == Kind.VALID ? 9 : random.nextInt(10);
    if (chance == 0) {
      return;
    }
    if (chance == 1) {
      attempt.header(
          "Authorization", "Bearer " + Long.toHexString(random.nextLong()) + ".e30.c2ln");
      return;
    }
    String security = attempt.operation.body().path("security").toString();
    if (security.contains("oauth2")) {
      bearer(attempt, guests.accessToken());
    } else if (security.contains("registrationToken")) {
      bearer(attempt, guests.registrationToken());
    } else if (security.contains("clientBasic")) {
      TestClient client = guests.client();
      String basic = TestClient.basic(client.clientId(), client.secret());
      attempt.header("Authorization", basic);
      attempt.secrets.add(basic);
    }
  }

  private static void bearer(Attempt attempt, String token) {
    attempt.header("Authorization", "Bearer " + token);
    attempt.secrets.add(token);
  }

  private void body(
      Attempt attempt, String mediaType, JsonNode content, SchemaValues values, Random random) {
    attempt.header("Content-Type", mediaType);
    JsonNode value = whole(content, random);
    if (value.isMissingNode()) {
      value = values.of(content.get("schema"));
    }
    if (mediaType.equals(FORM)) {
      List<Map.Entry<String, String>> form = new ArrayList<>();
      value
          .properties()
          .forEach(field ->
              each(field.getValue()).forEach(one -> form.add(Map.entry(field.getKey(), one))));
      attempt.body(Forms.encode(form));
    } else {
      attempt.body(value.toString());
    }
    attempt.chunked = random.nextInt(8) == 0;
  }

  /** An example of the whole body, where the contract has one, now and then. */
  private JsonNode whole(JsonNode content, Random random) {
    JsonNode examples = content.path("examples");
    if (examples.isEmpty() || random.nextInt(3) > 0) {
      return content.path("no example");
    }
    List<JsonNode> all = new ArrayList<>();
    examples.forEach(example -> all.add(contract.resolve(example).path("value")));
    return all.get(random.nextInt(all.size()));
  }

  /** A value as the texts that parameters are: several of an array. */
  private static List<String> each(JsonNode value) {
    List<String> texts = new ArrayList<>();
    if (value.isArray()) {
      value.forEach(item -> texts.add(item.asText()));
    } else if (!value.isNull()) {
      texts.add(value.isContainerNode() ? value.toString() : value.asText());
    }
    return texts;
  }
}
