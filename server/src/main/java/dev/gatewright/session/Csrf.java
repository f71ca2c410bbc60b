package dev.gatewright.session;

import dev.gatewright.crypto.MasterKey;
import dev.gatewright.crypto.Secrets;
import dev.gatewright.http.Origins;
import dev.gatewright.settings.ServerSettings;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.cookie.Cookie;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * Forms are accepted only from pages that this server gave to this browser: the hidden field {@code
 * csrf_token} is an HMAC of a random cookie that only this browser has, and the browser must not
 * say that another origin sends the form (OWASP ASVS 3.5.1). Works before login too, so that nobody
 * is logged in to an account of someone else's.
 */
@Singleton
public class Csrf {
  private static final String COOKIE = "gatewright_csrf";
  private static final String ATTRIBUTE = "gatewright.csrf";
  private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9_-]{43}");

  private final SecretKey key;
  private final Cookies cookies;
  private final Origins origins;

  public Csrf(MasterKey masterKey, ServerSettings settings, Origins origins) {
    this.key = masterKey.derive("HmacSHA256", "csrf");
    this.cookies = new Cookies(settings.https());
    this.origins = origins;
  }

  /**
   * The value of the hidden field {@code csrf_token} for a form on the page that answers this
   * request.
   */
  public String token(HttpRequest<?> request) {
    String value =
        cookie(request)
            .or(() -> request.getAttribute(ATTRIBUTE, String.class))
            .orElseGet(() -> {
              String fresh = Secrets.random("");
              request.setAttribute(ATTRIBUTE, fresh);
              return fresh;
            });
    return mac(value, request);
  }

  /**
   * Gives the browser its cookie when {@link #token} had to make one. Call it on every page with a
   * form.
   */
  public void attach(HttpRequest<?> request, MutableHttpResponse<?> response) {
    request
        .getAttribute(ATTRIBUTE, String.class)
        .map(value -> cookies.make(COOKIE, value))
        .ifPresent((Cookie cookie) -> response.cookie(cookie));
  }

  /** Whether the form comes from a page of ours in this browser. */
  public boolean valid(HttpRequest<?> request, @Nullable String csrfToken) {
    if (csrfToken == null || origins.foreign(request)) {
      return false;
    }
    return cookie(request)
        .map(value -> MessageDigest.isEqual(bytes(mac(value, request)), bytes(csrfToken)))
        .orElse(false);
  }

  private Optional<String> cookie(HttpRequest<?> request) {
    return cookies.read(request, COOKIE).filter(value -> VALUE.matcher(value).matches());
  }

  /** Bound to the session too: a form that was shown to one user is not taken from another. */
  private String mac(String value, HttpRequest<?> request) {
    String session = cookies.read(request, BrowserSessions.COOKIE).orElse("");
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(mac.doFinal(bytes(value + "|" + session)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java runtime has HMAC-SHA256", e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
