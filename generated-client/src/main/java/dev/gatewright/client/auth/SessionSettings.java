package dev.gatewright.client.auth;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a session was built with; checked, and unchangeable. */
record SessionSettings(
    ClientCredentials client,
    boolean forClientItself,
    @Nullable URI redirectUri,
    Set<String> scopes,
    List<URI> resources,
    TokenStore tokenStore,
    Clock clock,
    Duration clockSkew,
    Duration renewalMargin) {}
