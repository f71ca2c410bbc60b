package example;

import dev.gatewright.client.auth.OAuth2Session;
import dev.gatewright.client.error.AuthorizationRequiredException;
import dev.gatewright.client.error.GatewrightException;
import dev.gatewright.client.model.User;
import io.micronaut.context.annotation.Property;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.CookieValue;
import io.micronaut.http.annotation.Error;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.cookie.Cookie;
import io.micronaut.http.cookie.SameSite;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/** A backend for a frontend (RFC 10017 §6.1): logs in, and calls APIs for the page. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
class WebAppController {

  private static final String LOGIN = "login";
  private static final String SESSION = "session";

  private final Logins logins;
  private final URI address;

  WebAppController(Logins logins, @Property(name = "web-app.address") URI address) {
    this.logins = logins;
    this.address = address;
  }

  @Get
  @Produces("text/html")
  String page() {
    return """
    <!doctype html><title>Web application</title>
    <p id="who"><a href="/login">Log in</a></p>
    <form id="out" method="post" action="/logout" hidden><button>Log out</button></form>
    <script>
      fetch('/api/me').then(async answer => {
        if (!answer.ok) return;
        document.getElementById('who').textContent = 'Hello, ' + (await answer.json()).username;
        document.getElementById('out').hidden = false;
      });
    </script>
    """;
  }

  @Get("/login")
  HttpResponse<?> login() {
    var login = logins.begin();
    return HttpResponse.seeOther(login.getValue().uri())
        .cookie(cookie(LOGIN, login.getKey()).maxAge(Duration.ofMinutes(30)));
  }

  @Get("/callback")
  HttpResponse<?> callback(HttpRequest<?> request, @CookieValue(LOGIN) String login) {
    return logins
        .complete(login, address.resolve(request.getUri()))
        .<MutableHttpResponse<?>>map(
            id -> HttpResponse.seeOther(address).cookie(cookie(SESSION, id)))
        .orElseGet(() -> HttpResponse.seeOther(address.resolve("/login")));
  }

  /** What the page may know of the user; an API of yours is called likewise. */
  @Get("/api/me")
  Map<String, String> me(@CookieValue(SESSION) String id) {
    OAuth2Session session =
        logins.session(id).orElseThrow(() -> new AuthorizationRequiredException("Not logged in"));
    User user = session.api().account().getUser();
    return Map.of("username", user.username());
  }

  /** A POST: browsers send no cookie that is {@code SameSite} with one from another site. */
  @Post(value = "/logout", consumes = "*/*")
  HttpResponse<?> logout(@CookieValue(SESSION) String id) {
    return HttpResponse.seeOther(
        logins.end(id).map(session -> session.logOut(address.resolve("/"), null)).orElse(address));
  }

  @Error(AuthorizationRequiredException.class)
  HttpResponse<?> notLoggedIn() {
    return HttpResponse.status(HttpStatus.UNAUTHORIZED);
  }

  /** The login was refused, or what came back answers another. */
  @Error(GatewrightException.class)
  HttpResponse<String> failed(GatewrightException e) {
    return e.isTemporary()
        ? HttpResponse.<String>status(HttpStatus.SERVICE_UNAVAILABLE).body("Try again later")
        : HttpResponse.badRequest("That did not work: start again at " + address);
  }

  /** Behind https, name it {@code __Host-…} too (RFC 10017 §6.1.3.2). */
  private Cookie cookie(String name, String value) {
    return Cookie.of(name, value)
        .httpOnly(true)
        .secure("https".equals(address.getScheme()))
        .sameSite(SameSite.Lax)
        .path("/");
  }
}
