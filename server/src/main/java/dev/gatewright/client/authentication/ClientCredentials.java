package dev.gatewright.client.authentication;

import org.jspecify.annotations.Nullable;

/**
 * The parameters of a form by which a client says who it is (RFC 6749 §2.3.1, RFC 7521 §4.2). One
 * that was sent without a value is null (RFC 6749 §3.2).
 */
public record ClientCredentials(
    @Nullable String clientId,
    @Nullable String clientSecret,
    @Nullable String clientAssertionType,
    @Nullable String clientAssertion) {

  /** None but what the {@code Authorization} header has. */
  public static final ClientCredentials NONE = new ClientCredentials(null, null, null, null);

  public ClientCredentials {
    clientId = absentIfEmpty(clientId);
    clientSecret = absentIfEmpty(clientSecret);
    clientAssertionType = absentIfEmpty(clientAssertionType);
    clientAssertion = absentIfEmpty(clientAssertion);
  }

  boolean hasAssertion() {
    return clientAssertion != null || clientAssertionType != null;
  }

  private static @Nullable String absentIfEmpty(@Nullable String parameter) {
    return parameter == null || parameter.isEmpty() ? null : parameter;
  }

  /** Without the secrets. */
  @Override
  public String toString() {
    return "ClientCredentials[" + clientId + "]";
  }
}
