package dev.gatewright.page.asset;

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

/** Serves {@link Asset}s; anything else is not found. */
@Controller("/assets")
@Secured(SecurityRule.IS_ANONYMOUS)
@ExecuteOn(TaskExecutors.BLOCKING)
final class AssetController {

  @Get("/{fileName}")
  @Produces(MediaType.ALL)
  HttpResponse<?> asset(
      HttpRequest<?> request,
      String fileName,
      @QueryValue(value = "v", defaultValue = "") String version) {
    var asset = Asset.named(fileName);
    return asset.isPresent()
        ? asset.get().file().answer(request, version)
        : HttpResponse.notFound();
  }
}
