package dev.gatewright.discovery;

import com.nimbusds.jose.jwk.JWK;
import dev.gatewright.api.DiscoveryApi;
import dev.gatewright.api.model.JsonWebKey;
import dev.gatewright.api.model.JsonWebKeySet;
import dev.gatewright.api.model.ProtectedResourceMetadata;
import dev.gatewright.api.model.ProviderMetadata;
import dev.gatewright.http.ETags;
import dev.gatewright.key.SigningKeys;
import dev.gatewright.settings.KeySettings;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code /.well-known/…}. Public and cacheable. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
final class DiscoveryController implements DiscoveryApi {
  private static final String CACHE = "public, max-age=300";

  private final Metadata metadata;
  private final SigningKeys keys;
  private final String jwksCache;

  DiscoveryController(Metadata metadata, SigningKeys keys, KeySettings settings) {
    this.metadata = metadata;
    this.keys = keys;
    this.jwksCache = "public, max-age=" + settings.jwksMaxAge().toSeconds();
  }

  @Override
  public HttpResponse<ProviderMetadata> getOpenIdConfiguration() {
    return cacheable(metadata.document());
  }

  @Override
  public HttpResponse<ProviderMetadata> getAuthorizationServerMetadata() {
    return cacheable(metadata.document());
  }

  @Override
  public HttpResponse<ProtectedResourceMetadata> getProtectedResourceMetadata() {
    return cacheable(metadata.ofTheApi());
  }

  @Override
  public HttpResponse<JsonWebKeySet> getJwks(@Nullable String ifNoneMatch) {
    List<JWK> published = keys.publicKeys();
    String etag = ETags.ofContent(published.toString());
    MutableHttpResponse<JsonWebKeySet> response =
        ETags.isKnown(ifNoneMatch, etag)
            ? HttpResponse.notModified()
            : HttpResponse.ok(
                new JsonWebKeySet()
                    .keys(published.stream().map(DiscoveryController::key).toList()));
    return response.header(HttpHeaders.CACHE_CONTROL, jwksCache).header(HttpHeaders.ETAG, etag);
  }

  private static JsonWebKey key(JWK jwk) {
    Map<String, Object> members = jwk.toPublicJWK().toJSONObject();
    return new JsonWebKey()
        .kty(jwk.getKeyType().getValue())
        .kid(jwk.getKeyID())
        .use("sig")
        .alg(jwk.getAlgorithm().getName())
        .crv((String) members.get("crv"))
        .x((String) members.get("x"))
        .y((String) members.get("y"))
        .n((String) members.get("n"))
        .e((String) members.get("e"));
  }

  private static <T> MutableHttpResponse<T> cacheable(T body) {
    return HttpResponse.ok(body).header(HttpHeaders.CACHE_CONTROL, CACHE);
  }
}
