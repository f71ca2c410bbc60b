package dev.gatewright.admin;

import dev.gatewright.api.ResourcesApi;
import dev.gatewright.api.model.ProtectedResourcePage;
import dev.gatewright.api.model.ProtectedResourcePatch;
import dev.gatewright.api.model.ProtectedResourceRegistration;
import dev.gatewright.http.ETags;
import dev.gatewright.http.ProblemException;
import dev.gatewright.resource.ProtectedResource;
import dev.gatewright.resource.ResourceRegistrations;
import dev.gatewright.resource.Resources;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Serves {@code /api/resources}. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
class ResourceController implements ResourcesApi {
  private final Resources resources;
  private final ResourceRegistrations registrations;

  ResourceController(Resources resources, ResourceRegistrations registrations) {
    this.resources = resources;
    this.registrations = registrations;
  }

  @Override
  public HttpResponse<ProtectedResourcePage> listResources(Integer limit, @Nullable String cursor) {
    List<ProtectedResource> found = resources.list(limit + 1, cursor == null ? null : id(cursor));
    List<ProtectedResource> page = found.size() > limit ? found.subList(0, limit) : found;
    var body =
        new ProtectedResourcePage().items(page.stream().map(ResourceModels::resource).toList());
    return noStore(
        HttpResponse.ok(
            found.size() > limit ? body.nextCursor(page.getLast().id().toString()) : body));
  }

  @Override
  public HttpResponse<dev.gatewright.api.model.ProtectedResource> createResource(
      ProtectedResourceRegistration protectedResourceRegistration) {
    ProtectedResource created =
        registrations.create(ResourceModels.metadata(protectedResourceRegistration));
    URI location = URI.create("/api/resources/" + created.id());
    return current(HttpResponse.created(ResourceModels.resource(created), location), created);
  }

  @Override
  public HttpResponse<dev.gatewright.api.model.ProtectedResource> getResource(UUID resourceId) {
    ProtectedResource resource = registrations.get(resourceId);
    return current(HttpResponse.ok(ResourceModels.resource(resource)), resource);
  }

  @Override
  public HttpResponse<dev.gatewright.api.model.ProtectedResource> updateResource(
      UUID resourceId, ProtectedResourcePatch protectedResourcePatch, @Nullable String ifMatch) {
    ProtectedResource updated =
        registrations.update(
            resourceId, ifMatch, before -> ResourceModels.patched(before, protectedResourcePatch));
    return current(HttpResponse.ok(ResourceModels.resource(updated)), updated);
  }

  @Override
  public HttpResponse<?> deleteResource(UUID resourceId, @Nullable String ifMatch) {
    registrations.delete(resourceId, ifMatch);
    return noStore(HttpResponse.noContent());
  }

  private static UUID id(String cursor) {
    try {
      return UUID.fromString(cursor);
    } catch (IllegalArgumentException e) {
      throw ProblemException.invalid("cursor", "must be a next_cursor");
    }
  }

  private static <T> MutableHttpResponse<T> current(
      MutableHttpResponse<T> response, ProtectedResource resource) {
    return noStore(response).header(HttpHeaders.ETAG, ETags.of(resource.version()));
  }

  private static <T> MutableHttpResponse<T> noStore(MutableHttpResponse<T> response) {
    return response.header(HttpHeaders.CACHE_CONTROL, "no-store");
  }
}
