package dev.gatewright.admin;

import dev.gatewright.api.RegistrationTokensApi;
import dev.gatewright.api.model.RegistrationToken;
import dev.gatewright.api.model.RegistrationTokenPage;
import dev.gatewright.api.model.RegistrationTokenRequest;
import dev.gatewright.api.model.RegistrationTokenWithValue;
import dev.gatewright.http.ProblemException;
import dev.gatewright.registration.InitialAccessToken;
import dev.gatewright.registration.InitialAccessTokens;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Serves {@code /api/registration-tokens}. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
class RegistrationTokenController implements RegistrationTokensApi {
  private static final int ONE_USE = 1;
  private static final int A_WEEK = 604_800;

  private final InitialAccessTokens tokens;

  RegistrationTokenController(InitialAccessTokens tokens) {
    this.tokens = tokens;
  }

  @Override
  public HttpResponse<RegistrationTokenPage> listRegistrationTokens(
      Integer limit, @Nullable String cursor) {
    List<InitialAccessToken> found = tokens.list(limit + 1, cursor == null ? null : id(cursor));
    List<InitialAccessToken> page = found.size() > limit ? found.subList(0, limit) : found;
    var body =
        new RegistrationTokenPage()
            .items(page.stream().map(RegistrationTokenController::model).toList());
    return noStore(
        HttpResponse.ok(
            found.size() > limit ? body.nextCursor(page.getLast().id().toString()) : body));
  }

  @Override
  public HttpResponse<RegistrationTokenWithValue> createRegistrationToken(
      RegistrationTokenRequest request) {
    InitialAccessTokens.Made made =
        tokens.make(
            request.getName(),
            Objects.requireNonNullElse(request.getUses(), ONE_USE),
            Duration.ofSeconds(Objects.requireNonNullElse(request.getExpiresIn(), A_WEEK)));
    return noStore(
        HttpResponse.created(
            new RegistrationTokenWithValue()
                .id(made.stored().id())
                .name(made.stored().name())
                .usesLeft(made.stored().usesLeft())
                .createdAt(made.stored().createdAt())
                .expiresAt(made.stored().expiresAt())
                .token(made.token())));
  }

  @Override
  public HttpResponse<?> deleteRegistrationToken(UUID tokenId) {
    if (!tokens.delete(tokenId)) {
      throw ProblemException.notFound("There is no such initial access token");
    }
    return noStore(HttpResponse.noContent());
  }

  private static RegistrationToken model(InitialAccessToken token) {
    return new RegistrationToken()
        .id(token.id())
        .name(token.name())
        .usesLeft(token.usesLeft())
        .createdAt(token.createdAt())
        .expiresAt(token.expiresAt());
  }

  private static UUID id(String cursor) {
    try {
      return UUID.fromString(cursor);
    } catch (IllegalArgumentException e) {
      throw ProblemException.invalid("cursor", "must be a next_cursor");
    }
  }

  private static <T> MutableHttpResponse<T> noStore(MutableHttpResponse<T> response) {
    return response.header(HttpHeaders.CACHE_CONTROL, "no-store");
  }
}
