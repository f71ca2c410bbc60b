package dev.gatewright.admin;

import dev.gatewright.api.KeysApi;
import dev.gatewright.api.model.KeyRotationRequest;
import dev.gatewright.api.model.SigningKey;
import dev.gatewright.api.model.SigningKeyList;
import dev.gatewright.key.KeyRotation;
import dev.gatewright.key.KeyStatus;
import dev.gatewright.key.SigningAlgorithm;
import dev.gatewright.key.SigningKeys;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.Locale;

/** Serves {@code /api/keys}. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
class KeyController implements KeysApi {
  private final SigningKeys keys;
  private final KeyRotation rotation;

  KeyController(SigningKeys keys, KeyRotation rotation) {
    this.keys = keys;
    this.rotation = rotation;
  }

  @Override
  public HttpResponse<SigningKeyList> getSigningKeys() {
    return noStore(
        HttpResponse.ok(
            new SigningKeyList().items(keys.statuses().stream().map(KeyController::key).toList())));
  }

  @Override
  public HttpResponse<SigningKey> rotateSigningKey(KeyRotationRequest keyRotationRequest) {
    SigningAlgorithm algorithm =
        SigningAlgorithm.of(keyRotationRequest.getAlg().getValue()).orElseThrow();
    KeyRotation.Rotated rotated =
        Boolean.TRUE.equals(keyRotationRequest.getCompromised())
            ? rotation.replaceCompromised(algorithm)
            : rotation.rotate(algorithm);
    SigningKey body = key(rotated.key());
    return noStore(rotated.made() ? HttpResponse.created(body) : HttpResponse.ok(body));
  }

  private static SigningKey key(KeyStatus key) {
    return new SigningKey()
        .kid(key.kid())
        .alg(SigningKey.AlgEnum.fromValue(key.algorithm().alg()))
        .state(SigningKey.StateEnum.fromValue(key.state().name().toLowerCase(Locale.ROOT)))
        .createdAt(key.createdAt())
        .signsFrom(key.signsFrom())
        .supersededAt(key.supersededAt())
        .leavesAt(key.leavesAt());
  }

  private static <T> MutableHttpResponse<T> noStore(MutableHttpResponse<T> response) {
    return response.header(HttpHeaders.CACHE_CONTROL, "no-store");
  }
}
