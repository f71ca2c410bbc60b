package dev.gatewright.registration;

import dev.gatewright.http.FieldError;
import dev.gatewright.http.ProblemException;
import dev.gatewright.oauth.ErrorCode;
import dev.gatewright.oauth.OAuthException;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Refused metadata in the terms of RFC 7591 §3.2.2. */
final class MetadataErrors {
  private static final String REDIRECT_URIS = "redirect_uris";

  private MetadataErrors() {}

  /** Does the work; mistakes by field become one error with all of them. */
  static <T> T asOAuth(Supplier<T> work) {
    try {
      return work.get();
    } catch (ProblemException e) {
      if (e.errors().isEmpty()) {
        throw e;
      }
      boolean ofRedirectUri =
          e.errors().stream().allMatch(error -> error.field().equals(REDIRECT_URIS));
      throw new OAuthException(
          ofRedirectUri ? ErrorCode.INVALID_REDIRECT_URI : ErrorCode.INVALID_CLIENT_METADATA,
          e.errors().stream().map(MetadataErrors::sentence).collect(Collectors.joining("; ")));
    }
  }

  private static String sentence(FieldError error) {
    return error.field() + " " + error.message();
  }
}
