package dev.gatewright.settings;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;

/**
 * Request objects by reference (RFC 9101 §5.2).
 *
 * @param enabled whether a {@code request_uri} that its client has registered is fetched
 */
@ConfigurationProperties("gatewright.request-uri")
public record RequestUriSettings(@Bindable(defaultValue = "false") boolean enabled) {}
