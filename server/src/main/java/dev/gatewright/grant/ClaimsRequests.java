package dev.gatewright.grant;

import dev.gatewright.oauth.ErrorCode;
import dev.gatewright.oauth.OAuthException;
import dev.gatewright.oauth.StandardClaim;
import io.micronaut.core.type.Argument;
import io.micronaut.json.JsonMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the parameter {@code claims} (OpenID Connect Core §5.5). */
@Singleton
public class ClaimsRequests {
  private static final Argument<Map<String, Object>> OBJECT =
      Argument.mapOf(String.class, Object.class);

  private final JsonMapper json;

  public ClaimsRequests(JsonMapper json) {
    this.json = json;
  }

  /**
   * What the parameter asks for.
   *
   * @param parameter null when it is absent
   * @throws OAuthException {@code invalid_request} when it is not of the form of §5.5
   */
  public ClaimsRequest read(@Nullable String parameter) {
    if (parameter == null) {
      return ClaimsRequest.NONE;
    }
    Map<String, Object> members = parse(parameter);
    Map<String, Object> userinfo = object(members.get("userinfo"));
    Map<String, Object> idToken = object(members.get("id_token"));
    return new ClaimsRequest(
        new IndividualClaims(standard(userinfo), standard(idToken)),
        common(values(userinfo.get("sub")), values(idToken.get("sub"))),
        Boolean.TRUE.equals(object(idToken.get("acr")).get("essential"))
            ? values(idToken.get("acr"))
            : null);
  }

  private Map<String, Object> parse(String parameter) {
    try {
      @Nullable Map<String, Object> members = json.readValue(parameter, OBJECT);
      if (members != null) {
        return members;
      }
    } catch (IOException e) {
      // answered below
    }
    throw malformed("The parameter claims is not a JSON object");
  }

  /** Every member must be well-formed, those of claims that are not known too. */
  private static Set<StandardClaim> standard(Map<String, Object> requests) {
    requests.values().forEach(ClaimsRequests::check);
    return requests.keySet().stream()
        .map(StandardClaim::of)
        .flatMap(Optional::stream)
        .collect(Collectors.toSet());
  }

  private static void check(@Nullable Object request) {
    Map<String, Object> members = object(request);
    @Nullable Object essential = members.get("essential");
    @Nullable Object values = members.get("values");
    if ((essential != null && !(essential instanceof Boolean))
        || (values != null && !(values instanceof List))) {
      throw malformed("The parameter claims asks for a claim in a way that is not defined");
    }
  }

  /** The values that are asked for; null when any will do. */
  private static @Nullable Set<String> values(@Nullable Object request) {
    Map<String, Object> members = object(request);
    if (!members.containsKey("value") && !members.containsKey("values")) {
      return null;
    }
    Set<String> values = new HashSet<>();
    if (members.get("value") instanceof String value) {
      values.add(value);
    }
    if (members.get("values") instanceof List<?> several) {
      several.stream()
          .filter(String.class::isInstance)
          .map(String.class::cast)
          .forEach(values::add);
    }
    return values;
  }

  private static @Nullable Set<String> common(
      @Nullable Set<String> some, @Nullable Set<String> others) {
    if (some == null || others == null) {
      return some == null ? others : some;
    }
    return some.stream().filter(others::contains).collect(Collectors.toSet());
  }

  /** A JSON object; null counts as one without members. */
  @SuppressWarnings("unchecked") // the keys of a JSON object are strings
  private static Map<String, Object> object(@Nullable Object value) {
    if (value == null) {
      return Map.of();
    }
    if (value instanceof Map<?, ?> members) {
      return (Map<String, Object>) members;
    }
    throw malformed("The parameter claims asks for claims in a way that is not defined");
  }

  private static OAuthException malformed(String description) {
    return new OAuthException(ErrorCode.INVALID_REQUEST, description);
  }
}
