package dev.gatewright.consent;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.serde.annotation.Serdeable;
import org.jspecify.annotations.Nullable;

/** The consent form as posted; {@code decision} is {@code allow} or {@code deny}. */
@Serdeable.Deserializable
record ConsentForm(
    @JsonProperty("csrf_token") @Nullable String csrfToken,
    @JsonProperty("client_id") @Nullable String clientId,
    @JsonProperty("request_uri") @Nullable String requestUri,
    @Nullable String decision) {}
