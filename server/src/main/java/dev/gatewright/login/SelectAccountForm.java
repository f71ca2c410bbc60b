package dev.gatewright.login;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.serde.annotation.Serdeable;
import org.jspecify.annotations.Nullable;

/** What the page that asks for an account posts. */
@Serdeable.Deserializable
record SelectAccountForm(
    @JsonProperty("csrf_token") @Nullable String csrfToken,
    @JsonProperty("client_id") @Nullable String clientId,
    @JsonProperty("request_uri") @Nullable String requestUri) {}
