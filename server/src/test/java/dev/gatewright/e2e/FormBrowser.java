package dev.gatewright.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A browser with cookies and without JavaScript, and who sits at it: logs in, allows, and follows
 * redirects until one leads away from the server.
 */
final class FormBrowser {
  private static final Pattern FORM = Pattern.compile("<form method=\"post\" action=\"([^\"]+)\">");
  private static final Pattern FIELD =
      Pattern.compile("<input[^>]*? name=\"([^\"]+)\"(?:[^>]*? value=\"([^\"]*)\")?");
  private static final int MOST_STEPS = 12;

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .cookieHandler(new CookieManager(null, CookiePolicy.ACCEPT_ALL))
          .build();
  private final String login;
  private final String password;

  FormBrowser(String login, String password) {
    this.login = login;
    this.password = password;
  }

  /** The redirect URI that answers an authorization request, with its code. */
  URI open(URI authorizationUrl) {
    URI here = authorizationUrl;
    HttpResponse<String> page = send(HttpRequest.newBuilder(here));
    for (int step = 0; step < MOST_STEPS; step++) {
      if (page.statusCode() / 100 == 3) {
        here = here.resolve(page.headers().firstValue("Location").orElseThrow());
        if (!here.getAuthority().equals(authorizationUrl.getAuthority())) {
          return here;
        }
        page = send(HttpRequest.newBuilder(here));
      } else {
        Matcher form = FORM.matcher(page.body());
        if (page.statusCode() != 200 || !form.find()) {
          break;
        }
        here = here.resolve(form.group(1));
        page = send(post(here, fields(page.body())));
      }
    }
    throw new AssertionError(here + " answers " + page.statusCode() + ": " + page.body());
  }

  /** Goes where the server sent it. */
  static void visit(URI redirect) {
    try (HttpClient http = HttpClient.newHttpClient()) {
      http.send(HttpRequest.newBuilder(redirect).build(), BodyHandlers.discarding());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private Map<String, String> fields(String html) {
    Map<String, String> fields = new LinkedHashMap<>();
    Matcher field = FIELD.matcher(html);
    while (field.find()) {
      fields.put(field.group(1), field.group(2) == null ? "" : field.group(2));
    }
    fields.computeIfPresent("login", (name, value) -> login);
    fields.computeIfPresent("password", (name, value) -> password);
    if (html.contains("name=\"decision\" value=\"allow\"")) {
      fields.put("decision", "allow");
    }
    return fields;
  }

  private static HttpRequest.Builder post(URI target, Map<String, String> fields) {
    String body =
        fields.entrySet().stream()
            .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
            .collect(Collectors.joining("&"));
    return HttpRequest.newBuilder(target)
        .header("Content-Type", "application/x-www-form-urlencoded")
        .header("Origin", target.getScheme() + "://" + target.getAuthority())
        .POST(BodyPublishers.ofString(body));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return http.send(request.timeout(Duration.ofSeconds(60)).build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
