package dev.gatewright.account;

import dev.gatewright.http.ETags;
import dev.gatewright.user.User;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;

/** Users as the contract shows them. */
final class Answers {
  private Answers() {}

  /** An answer without a body, which no cache keeps. */
  static <T> MutableHttpResponse<T> of(HttpStatus status) {
    return HttpResponse.<T>status(status).header(HttpHeaders.CACHE_CONTROL, "no-store");
  }

  /** An account with its entity tag. */
  static MutableHttpResponse<dev.gatewright.api.model.User> of(HttpStatus status, User user) {
    return Answers.<dev.gatewright.api.model.User>of(status)
        .header(HttpHeaders.ETAG, ETags.of(user.version()))
        .body(body(user));
  }

  static dev.gatewright.api.model.User body(User user) {
    return new dev.gatewright.api.model.User()
        .id(user.id())
        .username(user.username())
        .email(user.email())
        .emailVerified(user.emailVerified())
        .name(user.name())
        .givenName(user.givenName())
        .familyName(user.familyName())
        .role(user.role().value())
        .createdAt(user.createdAt())
        .updatedAt(user.updatedAt());
  }
}
