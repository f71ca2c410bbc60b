package dev.gatewright.settings;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;

/**
 * Where attempts that are limited (failed logins, wrong user codes, registrations) are counted.
 *
 * @param shared by all nodes together, in the database; else by each node for itself, in memory
 */
@ConfigurationProperties("gatewright.limits")
public record LimitSettings(@Bindable(defaultValue = "false") boolean shared) {}
