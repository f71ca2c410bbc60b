package dev.gatewright.http;

import dev.gatewright.settings.ServerSettings;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/**
 * Tells requests that a browser sends for a page of ours from those it sends for another site's.
 */
@Singleton
public final class Origins {
  private final String issuer;

  public Origins(ServerSettings settings) {
    this.issuer = settings.issuer();
  }

  /**
   * Whether the browser says, by {@code Origin} or Fetch Metadata, that another origin's page sends
   * this.
   */
  public boolean foreign(HttpRequest<?> request) {
    @Nullable String origin = request.getHeaders().get(HttpHeaders.ORIGIN);
    if (origin != null && !origin.equals(issuer)) {
      return true;
    }
    @Nullable String site = request.getHeaders().get("Sec-Fetch-Site");
    return origin == null && site != null && !site.equals("same-origin") && !site.equals("none");
  }
}
