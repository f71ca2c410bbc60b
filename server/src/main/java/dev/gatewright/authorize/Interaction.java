package dev.gatewright.authorize;

import dev.gatewright.oauth.ErrorCode;

/** A page that the user has to deal with before a code can be issued. */
enum Interaction {
  LOGIN("/login", ErrorCode.LOGIN_REQUIRED),
  ACCOUNT_SELECTION("/select-account", ErrorCode.ACCOUNT_SELECTION_REQUIRED),
  CONSENT("/consent", ErrorCode.CONSENT_REQUIRED);

  private final String path;
  private final ErrorCode error;

  Interaction(String path, ErrorCode error) {
    this.path = path;
    this.error = error;
  }

  /** The page's path. */
  String path() {
    return path;
  }

  /** What a client is told that allows no page (OpenID Connect Core §3.1.2.6). */
  ErrorCode error() {
    return error;
  }
}
