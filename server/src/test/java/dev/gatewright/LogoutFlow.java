package dev.gatewright;

import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A logout request of a client whose user has logged in, that nothing is wrong with until a test
 * changes it (OpenID Connect RP-Initiated Logout §2).
 */
public final class LogoutFlow {
  public static final String STATE = "state-of-the-logout";

  private final Map<String, String> parameters = new LinkedHashMap<>();

  /** With an ID token and a registered URI to go on to. */
  public LogoutFlow(String idToken, String postLogoutRedirectUri) {
    parameters.put("id_token_hint", idToken);
    parameters.put("post_logout_redirect_uri", postLogoutRedirectUri);
    parameters.put("state", STATE);
  }

  public LogoutFlow with(String name, String value) {
    parameters.put(name, value);
    return this;
  }

  public LogoutFlow without(String... names) {
    for (String name : names) {
      parameters.remove(name);
    }
    return this;
  }

  /** Path and query of the logout request. */
  public String path() {
    return "/oauth2/logout?" + Forms.encode(parameters.entrySet());
  }

  public HttpResponse<String> get(Browser browser) {
    return browser.get(path());
  }

  public HttpResponse<String> post(Browser browser, String... headers) {
    return browser.http().form("/oauth2/logout", parameters, headers);
  }

  /** Presses the button of the page that asks, to which a response has sent the browser. */
  public static HttpResponse<String> confirm(Browser browser, HttpResponse<String> response) {
    HttpResponse<String> page = browser.get(Http.header(response, "Location"));
    return browser.submit("/logout", page, Map.of("decision", "logout"));
  }
}
