package dev.gatewright.account;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.serde.annotation.Serdeable;
import org.jspecify.annotations.Nullable;

/**
 * What the page of sessions posts.
 *
 * @param session the {@code sid} of the one to end, or {@code others}
 */
@Serdeable.Deserializable
record SessionForm(
    @JsonProperty("csrf_token") @Nullable String csrfToken, @Nullable String session) {}
