package dev.gatewright.admin;

import dev.gatewright.api.model.ClientPatch;
import dev.gatewright.api.model.ClientRegistration;
import dev.gatewright.api.model.ClientWithSecret;
import dev.gatewright.client.Client;
import dev.gatewright.client.ClientMetadata;
import dev.gatewright.client.RegisteredClient;
import dev.gatewright.http.ProblemException;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Clients between the contract's words and ours. Both are named by RFC 7591, so that one becomes
 * the other by its JSON.
 */
@Singleton
final class ClientModels {
  private final JsonMapper json;

  ClientModels(JsonMapper json) {
    this.json = json;
  }

  ClientMetadata metadata(ClientRegistration model) {
    return read(members(model), ClientMetadata.class);
  }

  /** An absent member stays, null becomes the default (RFC 7396). */
  ClientMetadata patched(ClientMetadata before, ClientPatch patch) {
    Map<String, JsonNode> members = members(before);
    Map<String, JsonNode> changes = members(patch);
    patch
        .members()
        .forEach(name -> {
          JsonNode change = changes.get(name);
          if (change == null) {
            members.remove(name);
          } else {
            members.put(name, change);
          }
        });
    return read(members, ClientMetadata.class);
  }

  dev.gatewright.api.model.Client client(Client client) {
    return read(members(ClientMetadata.of(client)), dev.gatewright.api.model.Client.class)
        .createdAt(client.createdAt())
        .updatedAt(client.updatedAt());
  }

  ClientWithSecret withSecret(RegisteredClient registered) {
    return read(members(ClientMetadata.of(registered.client())), ClientWithSecret.class)
        .createdAt(registered.client().createdAt())
        .updatedAt(registered.client().updatedAt())
        .clientSecret(registered.clientSecret());
  }

  private Map<String, JsonNode> members(Object model) {
    var members = new LinkedHashMap<String, JsonNode>();
    try {
      json.writeValueToTree(model)
          .entries()
          .forEach(member -> members.put(member.getKey(), member.getValue()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    members.forEach(ClientModels::refuseNull);
    return members;
  }

  private static void refuseNull(String field, JsonNode value) {
    if (value.isArray()) {
      for (JsonNode element : value.values()) {
        if (element.isNull()) {
          throw ProblemException.invalid(field, "must hold no null");
        }
      }
    }
  }

  private <T> T read(Map<String, JsonNode> members, Class<T> type) {
    try {
      return json.readValueFromTree(JsonNode.createObjectNode(members), type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
