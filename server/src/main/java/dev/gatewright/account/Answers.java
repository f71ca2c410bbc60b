package dev.gatewright.account;

import dev.gatewright.http.ETags;
import dev.gatewright.user.User;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;

/** What all answers about accounts have. */
final class Answers {
  private Answers() {}

  /** An answer without a body, which no cache keeps. */
  static <T> MutableHttpResponse<T> of(HttpStatus status) {
    return HttpResponse.<T>status(status).header(HttpHeaders.CACHE_CONTROL, "no-store");
  }

  /** An answer with the entity tag of an account. */
  static <T> MutableHttpResponse<T> of(HttpStatus status, User user) {
    return Answers.<T>of(status).header(HttpHeaders.ETAG, ETags.of(user.version()));
  }
}
