package dev.gatewright.account;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.serde.annotation.Serdeable;
import org.jspecify.annotations.Nullable;

/** What the sign-up page posts. */
@Serdeable.Deserializable
record SignUpForm(
    @JsonProperty("csrf_token") @Nullable String csrfToken,
    @JsonProperty("username") @Nullable String username,
    @JsonProperty("email") @Nullable String email,
    @JsonProperty("password") @Nullable String password,
    @JsonProperty("client_id") @Nullable String clientId,
    @JsonProperty("request_uri") @Nullable String requestUri,
    @JsonProperty("user_code") @Nullable String userCode) {

  /** Without the password. */
  @Override
  public String toString() {
    return "SignUpForm[username=" + username + "]";
  }
}
