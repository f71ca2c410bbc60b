package dev.gatewright.grant;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an ID token says that a client hands back ({@code id_token_hint}).
 *
 * @param subject its {@code sub}
 * @param audience its {@code aud}: the client that it was issued to
 * @param sid the browser session that it names; null when it names none
 */
public record IdTokenHint(String subject, List<String> audience, @Nullable String sid) {
  /** The client that it was issued to; this server writes one audience. */
  public String clientId() {
    return audience.getFirst();
  }
}
