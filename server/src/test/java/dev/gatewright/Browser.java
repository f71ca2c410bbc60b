package dev.gatewright;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatewright.user.User;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A browser without scripts: keeps cookies, and fills in the forms of the pages that it is shown.
 * Follows no redirect.
 */
public final class Browser {
  public static final String SESSION = "gatewright_session";
  private static final Pattern HIDDEN =
      Pattern.compile("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\">");
  private static final int MOST_STEPS = 12;

  private final Http http;

  public Browser(TestServer server) {
    this.http = new Http(server);
  }

  /** The caller behind it, for requests that no page makes. */
  public Http http() {
    return http;
  }

  public HttpResponse<String> get(String path, String... headers) {
    return http.get(path, headers);
  }

  /** The cookie of its session; empty when it has none. */
  public String session() {
    return http.cookie(SESSION);
  }

  /** Logs in at the login page. */
  public Browser logIn(User user) {
    HttpResponse<String> response = submit("/login", get("/login"), credentials(user));
    assertEquals(303, response.statusCode(), response.body());
    return this;
  }

  /** Posts the form of a page: its hidden fields, and what the user types or presses. */
  public HttpResponse<String> submit(
      String action, HttpResponse<String> page, Map<String, String> typed, String... headers) {
    Map<String, String> form = hiddenFields(page);
    form.putAll(typed);
    return http.form(action, form, headers);
  }

  /**
   * Goes on from an answer through login and consent until an answer leaves this server, or is no
   * redirect.
   */
  public HttpResponse<String> finish(HttpResponse<String> first, User user) {
    HttpResponse<String> response = first;
    for (int step = 0; step < MOST_STEPS; step++) {
      String location = Http.header(response, "Location");
      if (!location.startsWith("/")) {
        return response;
      }
      response =
          switch (location.replaceFirst("\\?.*", "")) {
            case "/login" -> submit("/login", get(location), credentials(user));
            case "/consent" -> submit("/consent", get(location), Map.of("decision", "allow"));
            case "/select-account" -> submit("/select-account", get(location), Map.of());
            default -> get(location);
          };
    }
    throw new AssertionError("The browser goes in circles: " + Http.header(response, "Location"));
  }

  public static Map<String, String> credentials(User user) {
    return Map.of("login", user.username(), "password", TestUsers.PASSWORD);
  }

  /** The hidden fields of the form on a page. */
  public static Map<String, String> hiddenFields(HttpResponse<String> page) {
    Map<String, String> fields = new LinkedHashMap<>();
    Matcher matcher = HIDDEN.matcher(page.body());
    while (matcher.find()) {
      fields.put(matcher.group(1), matcher.group(2));
    }
    return fields;
  }
}
