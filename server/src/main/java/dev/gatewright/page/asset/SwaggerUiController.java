package dev.gatewright.page.asset;

import dev.gatewright.page.ContentSecurityPolicy;
import dev.gatewright.page.Pages;
import dev.gatewright.page.SwaggerUiPage;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;

/**
 * Swagger UI on the contract. Everything comes from this server: no content delivery network, no
 * inline script. After the login, the authorization endpoint sends the pop-up window to {@code
 * oauth2-redirect.html}, which hands the code over.
 */
@Controller("/swagger-ui")
@Secured(SecurityRule.IS_ANONYMOUS)
@ExecuteOn(TaskExecutors.BLOCKING)
final class SwaggerUiController {

  private final Pages pages;
  private final SwaggerUiFiles files;

  SwaggerUiController(Pages pages, SwaggerUiFiles files) {
    this.pages = pages;
    this.files = files;
  }

  @Get(uris = {"/", "/index.html"})
  HttpResponse<String> index() {
    return pages.ok(
        new SwaggerUiPage(files.href("swagger-ui.css"), files.href("swagger-ui-bundle.js")));
  }

  @Get("/{fileName}")
  @Produces(MediaType.ALL)
  HttpResponse<?> file(
      HttpRequest<?> request,
      String fileName,
      @QueryValue(value = "v", defaultValue = "") String version) {
    var file = files.named(fileName);
    return file.isEmpty()
        ? HttpResponse.notFound()
        : file.get()
            .answer(request, version)
            .header("Content-Security-Policy", ContentSecurityPolicy.SWAGGER_UI.value())
            .header("Referrer-Policy", "no-referrer");
  }
}
