package dev.gatewright.device;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.serde.annotation.Serdeable;
import org.jspecify.annotations.Nullable;

/** The decision as posted; {@code decision} is {@code allow} or {@code deny}. */
@Serdeable.Deserializable
record DeviceForm(
    @JsonProperty("csrf_token") @Nullable String csrfToken,
    @JsonProperty("user_code") @Nullable String userCode,
    @Nullable String decision) {}
