package dev.gatewright.registration;

import dev.gatewright.api.model.ClientInformation;
import dev.gatewright.client.Client;
import dev.gatewright.client.ClientMetadata;
import dev.gatewright.client.RegisteredClient;
import dev.gatewright.oauth.ErrorCode;
import dev.gatewright.oauth.OAuthException;
import dev.gatewright.settings.ServerSettings;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Client metadata between the contract's words and ours; both are named by RFC 7591. */
@Singleton
final class RegistrationModels {
  private static final List<String> CODE = List.of("code");

  private final JsonMapper json;
  private final ServerSettings settings;

  RegistrationModels(JsonMapper json, ServerSettings settings) {
    this.json = json;
    this.settings = settings;
  }

  /**
   * The metadata that a client sent.
   *
   * @throws OAuthException {@code invalid_client_metadata}: a list that holds null, a response type
   *     other than code; {@code unapproved_software_statement}
   */
  ClientMetadata metadata(Object model) {
    try {
      JsonNode sent = json.writeValueToTree(model);
      check(sent);
      return json.readValueFromTree(sent, ClientMetadata.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void check(JsonNode sent) {
    if (sent.get("software_statement") != null) {
      throw new OAuthException(
          ErrorCode.UNAPPROVED_SOFTWARE_STATEMENT, "Software statements are not supported");
    }
    for (Map.Entry<String, JsonNode> member : sent.entries()) {
      if (member.getValue().isArray()) {
        for (JsonNode element : member.getValue().values()) {
          if (element.isNull()) {
            throw refused(member.getKey() + " must hold no null");
          }
        }
      }
    }
    JsonNode responseTypes = sent.get("response_types");
    if (responseTypes != null) {
      for (JsonNode responseType : responseTypes.values()) {
        if (!CODE.contains(responseType.coerceStringValue())) {
          throw refused("response_types must be code alone");
        }
      }
    }
  }

  /**
   * The client as its registration is answered.
   *
   * @param registrationAccessToken what opens the registration
   */
  ClientInformation information(RegisteredClient registered, String registrationAccessToken) {
    Client client = registered.client();
    @Nullable String secret = registered.clientSecret();
    ClientInformation information;
    try {
      information =
          json.readValueFromTree(
              json.writeValueToTree(ClientMetadata.of(client)), ClientInformation.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return information
        .responseTypes(CODE)
        .clientSecret(secret)
        .clientIdIssuedAt(client.createdAt().getEpochSecond())
        .clientSecretExpiresAt(secret == null ? null : 0L)
        .registrationAccessToken(registrationAccessToken)
        .registrationClientUri(
            URI.create(settings.url("/oauth2/register/" + client.clientId())).toString());
  }

  static OAuthException refused(String description) {
    return new OAuthException(ErrorCode.INVALID_CLIENT_METADATA, description);
  }
}
