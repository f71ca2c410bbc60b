package dev.gatewright.discovery;

import com.nimbusds.jose.jwk.JWK;
import dev.gatewright.api.DiscoveryApi;
import dev.gatewright.api.model.JsonWebKey;
import dev.gatewright.api.model.JsonWebKeySet;
import dev.gatewright.api.model.ProviderMetadata;
import dev.gatewright.key.SigningKeys;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.Map;

/** {@code /.well-known/…}. Public and cacheable; any origin may read it. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
final class DiscoveryController implements DiscoveryApi {
  private static final String CACHE = "public, max-age=300";

  private final Metadata metadata;
  private final SigningKeys keys;

  DiscoveryController(Metadata metadata, SigningKeys keys) {
    this.metadata = metadata;
    this.keys = keys;
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
  public HttpResponse<JsonWebKeySet> getJwks() {
    return cacheable(
        new JsonWebKeySet()
            .keys(keys.publicKeys().stream().map(DiscoveryController::key).toList()));
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
