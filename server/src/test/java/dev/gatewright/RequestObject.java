package dev.gatewright;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request object (RFC 9101 §4) of a client: what a {@link CodeFlow} of it says, until a test
 * changes it.
 */
public final class RequestObject {
  private final TestClient client;
  private final TestKey key;
  private final Map<String, Object> header = new LinkedHashMap<>();
  private final Map<String, Object> members = new LinkedHashMap<>();

  public RequestObject(TestClient client, TestKey key) {
    this.client = client;
    this.key = key;
    header.put("alg", key.alg());
    header.put("kid", key.kid());
    header.put("typ", "oauth-authz-req+jwt");
    members.put("iss", client.clientId());
    members.put("aud", client.server().issuer());
    members.putAll(client.flow().parameters());
  }

  /** A member of another value, or none (null). */
  public RequestObject with(String member, @Nullable Object value) {
    if (value == null) {
      members.remove(member);
    } else {
      members.put(member, value);
    }
    return this;
  }

  /** Nothing but these members. */
  public RequestObject only(String... names) {
    members.keySet().retainAll(Set.of(names));
    return this;
  }

  /** A member of the header of another value, or none (null). */
  public RequestObject withHeader(String member, @Nullable Object value) {
    if (value == null) {
      header.remove(member);
    } else {
      header.put(member, value);
    }
    return this;
  }

  public Map<String, Object> members() {
    return members;
  }

  /** The JWT. */
  public String sign() {
    return key.sign(header, TestKey.json(members));
  }

  /** An authorization request of this object and its client alone (RFC 9101 §5). */
  public CodeFlow alone() {
    return client.flow().only("client_id").with("request", sign());
  }

  /** An authorization request of this object beside all the usual (OpenID Connect Core §6.1). */
  public CodeFlow beside() {
    return client.flow().with("request", sign());
  }
}
