package dev.gatewright.session;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.cookie.Cookie;
import io.micronaut.http.cookie.SameSite;
import java.util.Optional;

/**
 * Cookies as OWASP ASVS 3.3 wants them: {@code HttpOnly}, {@code SameSite=Lax}, for the whole host
 * and no domain; over https also {@code Secure} with the prefix {@code __Host-}. They end with the
 * browser.
 */
final class Cookies {
  private final boolean https;

  Cookies(boolean https) {
    this.https = https;
  }

  Optional<String> read(HttpRequest<?> request, String name) {
    return request.getCookies().findCookie(prefixed(name)).map(Cookie::getValue);
  }

  Cookie make(String name, String value) {
    return Cookie.of(prefixed(name), value)
        .path("/")
        .httpOnly(true)
        .sameSite(SameSite.Lax)
        .secure(https);
  }

  Cookie clear(String name) {
    return make(name, "").maxAge(0);
  }

  private String prefixed(String name) {
    return https ? "__Host-" + name : name;
  }
}
