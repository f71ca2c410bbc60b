package dev.gatewright.page;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Carries the answer of the authorization endpoint to the client in a form, which a script of ours
 * posts, or the person where no scripts run (OAuth 2.0 Form Post Response Mode §2).
 *
 * @param redirectUri where the form goes, proven to be the client's
 * @param parameters the answer, in the order to send
 */
public record FormPostPage(String redirectUri, Map<String, String> parameters) implements Page {
  /** Copies the parameters. */
  public FormPostPage {
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
  }

  /** Without the answer, which may hold a code. */
  @Override
  public String toString() {
    return "FormPostPage[" + redirectUri + "]";
  }
}
