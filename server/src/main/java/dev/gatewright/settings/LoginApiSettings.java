package dev.gatewright.settings;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;

/**
 * Login by JSON.
 *
 * @param enabled whether {@code POST /api/login} issues tokens
 */
@ConfigurationProperties("gatewright.login-api")
public record LoginApiSettings(@Bindable(defaultValue = "true") boolean enabled) {}
