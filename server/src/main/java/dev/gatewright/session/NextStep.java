package dev.gatewright.session;

import dev.gatewright.page.Pending;
import org.jspecify.annotations.Nullable;

/**
 * Where a browser goes when a page is done with it.
 *
 * @param uri a path of this server: back to the authorization endpoint, to the page for a device,
 *     or home
 * @param pending what waits meanwhile; null when nothing does
 * @param redirectUri the proven redirect URI at which the page's form may end; null when no request
 *     waits
 * @param loginHint whom the client expects to log in (OpenID Connect Core §3.1.2.1); empty when it
 *     does not say
 */
public record NextStep(
    String uri, @Nullable Pending pending, @Nullable String redirectUri, String loginHint) {}
