package dev.gatewright.logout;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.serde.annotation.Serdeable;
import org.jspecify.annotations.Nullable;

/** The logout form as posted. */
@Serdeable.Deserializable
record LogoutForm(@JsonProperty("csrf_token") @Nullable String csrfToken) {}
