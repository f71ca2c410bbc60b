package dev.gatewright.page;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Singleton;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns pages into responses: HTML with the headers that keep it out of caches, out of frames, and
 * free of scripts.
 *
 * <p>The templates are compiled with the server; none is read or compiled while it runs.
 *
 * <p>{@code Referrer-Policy} is {@code same-origin}: no other site learns a URL of ours (RFC 9700
 * §4.2), and yet our own forms are posted with their true {@code Origin}, which {@code no-referrer}
 * would make {@code null}.
 */
@Singleton
public final class Pages {

  private static final MediaType HTML =
      new MediaType("text/html", Map.of(MediaType.CHARSET_PARAMETER, "utf-8"));

  private final TemplateEngine templates = TemplateEngine.createPrecompiled(ContentType.Html);

  /** The page with status 200. */
  public MutableHttpResponse<String> ok(Page page) {
    return answer(HttpStatus.OK, page);
  }

  /** The page with a status. */
  public MutableHttpResponse<String> answer(HttpStatus status, Page page) {
    return answer(status, page, null);
  }

  /**
   * The page with a status; what its form posts may end, through redirects, at a redirect URI.
   *
   * @param redirectUri proven to be the client's; null when there is none
   */
  public MutableHttpResponse<String> answer(
      HttpStatus status, Page page, @Nullable String redirectUri) {
    return HttpResponse.<String>status(status)
        .body(render(page))
        .contentType(HTML)
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .header("Content-Security-Policy", policy(page, redirectUri).value())
        .header("X-Frame-Options", "DENY")
        .header("X-Content-Type-Options", "nosniff")
        .header("Referrer-Policy", "same-origin");
  }

  /** The error page, with the status that it names. */
  public MutableHttpResponse<String> error(ErrorPage page) {
    return answer(HttpStatus.valueOf(page.status()), page);
  }

  private String render(Page page) {
    var html = new StringOutput();
    templates.render(template(page), page, html);
    return html.toString();
  }

  private static ContentSecurityPolicy policy(Page page, @Nullable String redirectUri) {
    return switch (page) {
      case SwaggerUiPage _ -> ContentSecurityPolicy.SWAGGER_UI;
      case FormPostPage form -> ContentSecurityPolicy.formPost(form.redirectUri());
      case ConsentPage consent ->
          ContentSecurityPolicy.page(redirectUri, consent.client().logoUri());
      case DeviceConsentPage consent ->
          ContentSecurityPolicy.page(redirectUri, consent.client().logoUri());
      default -> ContentSecurityPolicy.page(redirectUri, null);
    };
  }

  private static String template(Page page) {
    return switch (page) {
      case AccountPage _ -> "account.jte";
      case ConsentPage _ -> "consent.jte";
      case DeviceCodePage _ -> "device-code.jte";
      case DeviceConsentPage _ -> "device-consent.jte";
      case DeviceDecidedPage _ -> "device-decided.jte";
      case ErrorPage _ -> "error.jte";
      case FormPostPage _ -> "form-post.jte";
      case HomePage _ -> "home.jte";
      case LoggedOutPage _ -> "logged-out.jte";
      case LoginPage _ -> "login.jte";
      case LogoutPage _ -> "logout.jte";
      case ProfilePage _ -> "profile.jte";
      case SelectAccountPage _ -> "select-account.jte";
      case SessionsPage _ -> "sessions.jte";
      case SignUpPage _ -> "sign-up.jte";
      case SwaggerUiPage _ -> "swagger-ui.jte";
    };
  }
}
