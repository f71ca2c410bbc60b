package dev.gatewright.logout;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.serde.annotation.Serdeable;
import org.jspecify.annotations.Nullable;

/**
 * The logout form as posted.
 *
 * @param request the name of the logout request that the page answers
 */
@Serdeable.Deserializable
record LogoutForm(
    @JsonProperty("csrf_token") @Nullable String csrfToken,
    @JsonProperty("request") @Nullable String request) {}
