package dev.gatewright.login;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.serde.annotation.Serdeable;
import org.jspecify.annotations.Nullable;

/** What the login page posts. */
@Serdeable.Deserializable
record LoginForm(
    @JsonProperty("csrf_token") @Nullable String csrfToken,
    @JsonProperty("login") @Nullable String login,
    @JsonProperty("password") @Nullable String password,
    @JsonProperty("client_id") @Nullable String clientId,
    @JsonProperty("request_uri") @Nullable String requestUri,
    @JsonProperty("user_code") @Nullable String userCode) {

  /** Without the password. */
  @Override
  public String toString() {
    return "LoginForm[login=" + login + "]";
  }
}
