package dev.gatewright.http;

import java.util.Locale;

/** The kinds of problems that {@code /api} answers (RFC 9457), each with its status and title. */
public enum ProblemType {
  INVALID_REQUEST(400, "Invalid request"),
  INVALID_TOKEN(401, "Invalid access token"),
  INVALID_CREDENTIALS(401, "Login failed"),
  INSUFFICIENT_SCOPE(403, "Insufficient scope"),
  SIGN_UP_CLOSED(403, "Sign-up is closed"),
  LOGIN_FORBIDDEN(403, "Not allowed"),
  NOT_FOUND(404, "Not found"),
  METHOD_NOT_ALLOWED(405, "Method not allowed"),
  NOT_ACCEPTABLE(406, "Not acceptable"),
  CONFLICT(409, "Already taken"),
  PRECONDITION_FAILED(412, "Changed in the meantime"),
  PAYLOAD_TOO_LARGE(413, "Payload too large"),
  URI_TOO_LONG(414, "Address too long"),
  UNSUPPORTED_MEDIA_TYPE(415, "Unsupported media type"),
  TOO_MANY_REQUESTS(429, "Too many attempts"),
  HEADERS_TOO_LARGE(431, "Headers too large"),
  INTERNAL_ERROR(500, "Internal error"),
  UNAVAILABLE(503, "Try again in a moment");

  private final int status;
  private final String title;

  ProblemType(int status, String title) {
    this.status = status;
    this.title = title;
  }

  public int status() {
    return status;
  }

  public String title() {
    return title;
  }

  /** The value of {@code type}: a URN that callers compare and that never changes. */
  public String urn() {
    return "urn:gatewright:problem:" + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The type that stands for a status without a more precise one. */
  static ProblemType ofStatus(int status) {
    for (ProblemType type : values()) {
      if (type.status == status) {
        return type;
      }
    }
    return status >= 500 ? INTERNAL_ERROR : INVALID_REQUEST;
  }
}
