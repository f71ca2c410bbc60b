package dev.gatewright.account;

import dev.gatewright.api.model.AddressPatch;
import dev.gatewright.api.model.SignUpRequest;
import dev.gatewright.api.model.UserPatch;
import dev.gatewright.http.ProblemException;
import dev.gatewright.user.Profile;
import dev.gatewright.user.User;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Accounts between the contract's words and ours. Both are named by OpenID Connect Core §5.1, so
 * that one becomes the other by its JSON.
 */
@Singleton
final class AccountModels {
  private static final String USERNAME = "username";
  private static final String ADDRESS = "address";
  private static final String ADDRESS_PART = ADDRESS + ".";

  private final JsonMapper json;

  AccountModels(JsonMapper json) {
    this.json = json;
  }

  dev.gatewright.api.model.User user(User user) {
    return read(members(user.profile()), dev.gatewright.api.model.User.class)
        .id(user.id())
        .emailVerified(user.emailVerified())
        .phoneNumberVerified(user.phoneNumberVerified())
        .role(user.role().value())
        .createdAt(user.createdAt())
        .updatedAt(user.updatedAt());
  }

  Profile profile(SignUpRequest request) {
    return new Profile(
        request.getUsername(),
        request.getEmail(),
        request.getName(),
        request.getGivenName(),
        request.getFamilyName());
  }

  /**
   * An absent member stays, null clears, and the address is merged in the same way (RFC 7396).
   *
   * @throws ProblemException 400 when the user name would be cleared
   */
  Profile patched(Profile before, UserPatch patch) {
    Map<String, JsonNode> members = members(before);
    Map<String, JsonNode> changes = members(patch);
    @Nullable AddressPatch address = patch.getAddress();
    if (address != null) {
      @Nullable JsonNode old = members.get(ADDRESS);
      Map<String, JsonNode> merged = old == null ? new LinkedHashMap<>() : entries(old);
      merge(merged, address.members(), members(address));
      changes.put(ADDRESS, JsonNode.createObjectNode(merged));
    }
    merge(members, patch.members(), changes);
    return named(members);
  }

  /** A profile as the fields of a form: a part of the address is {@code address.locality}. */
  Map<String, String> fields(Profile profile) {
    var fields = new LinkedHashMap<String, String>();
    members(profile)
        .forEach((name, value) -> {
          if (value.isObject()) {
            entries(value)
                .forEach((part, text) -> fields.put(name + "." + part, text.getStringValue()));
          } else {
            fields.put(name, value.getStringValue());
          }
        });
    return fields;
  }

  /**
   * The profile that the fields of a form say.
   *
   * @throws ProblemException 400 without a user name
   */
  Profile profile(Map<String, String> fields) {
    var members = new LinkedHashMap<String, JsonNode>();
    var address = new LinkedHashMap<String, JsonNode>();
    fields.forEach((name, text) -> {
      if (name.startsWith(ADDRESS_PART)) {
        address.put(name.substring(ADDRESS_PART.length()), JsonNode.createStringNode(text));
      } else {
        members.put(name, JsonNode.createStringNode(text));
      }
    });
    members.put(ADDRESS, JsonNode.createObjectNode(address));
    return named(members);
  }

  private Profile named(Map<String, JsonNode> members) {
    if (!members.containsKey(USERNAME)) {
      throw ProblemException.invalid(USERNAME, "cannot be cleared");
    }
    return read(members, Profile.class);
  }

  private static void merge(
      Map<String, JsonNode> members, Set<String> named, Map<String, JsonNode> changes) {
    for (String name : named) {
      @Nullable JsonNode change = changes.get(name);
      if (change == null) {
        members.remove(name);
      } else {
        members.put(name, change);
      }
    }
  }

  private Map<String, JsonNode> members(Object model) {
    try {
      return entries(json.writeValueToTree(model));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, JsonNode> entries(JsonNode object) {
    var members = new LinkedHashMap<String, JsonNode>();
    object.entries().forEach(member -> members.put(member.getKey(), member.getValue()));
    return members;
  }

  private <T> T read(Map<String, JsonNode> members, Class<T> type) {
    try {
      return json.readValueFromTree(JsonNode.createObjectNode(members), type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
