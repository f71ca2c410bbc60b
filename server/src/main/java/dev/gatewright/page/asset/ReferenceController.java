package dev.gatewright.page.asset;

import dev.gatewright.page.ContentSecurityPolicy;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The reference site that the contract's build makes: the contract to read, and its changes. */
@Controller("/reference")
@Secured(SecurityRule.IS_ANONYMOUS)
@ExecuteOn(TaskExecutors.BLOCKING)
final class ReferenceController {

  private static final MediaType HTML = MediaType.of("text/html;charset=utf-8");
  private static final MediaType SCRIPT = MediaType.of("text/javascript;charset=utf-8");

  private static final Map<String, MediaType> TYPES =
      Map.of(
          "index.html", HTML,
          "changes.html", HTML,
          "reference.css", MediaType.of("text/css;charset=utf-8"),
          "reference.js", SCRIPT,
          "contract.js", SCRIPT,
          "redoc.standalone.js", SCRIPT,
          "openapi.yaml", MediaType.of("application/yaml"),
          "openapi.json", MediaType.of("application/json"));

  private final Map<String, StaticFile> files = new ConcurrentHashMap<>();

  /** The first page. Its links are relative, so that its address has to end with a slash. */
  @Get("/")
  @Produces(MediaType.ALL)
  HttpResponse<?> index(HttpRequest<?> request) {
    return request.getPath().endsWith("/")
        ? file(request, "index.html")
        : HttpResponse.status(HttpStatus.PERMANENT_REDIRECT)
            .header(HttpHeaders.LOCATION, "/reference/");
  }

  @Get("/{fileName}")
  @Produces(MediaType.ALL)
  HttpResponse<?> file(HttpRequest<?> request, String fileName) {
    return named(fileName)
        .<HttpResponse<?>>map(file ->
            file.answer(request, "")
                .header("Content-Security-Policy", ContentSecurityPolicy.REFERENCE.value())
                .header("X-Frame-Options", "DENY")
                .header("Referrer-Policy", "no-referrer"))
        .orElseGet(HttpResponse::notFound);
  }

  private Optional<StaticFile> named(String fileName) {
    var type = TYPES.get(fileName);
    return type == null
        ? Optional.empty()
        : Optional.of(
            files.computeIfAbsent(
                fileName, name -> StaticFile.read("/META-INF/reference/" + name, type)));
  }
}
