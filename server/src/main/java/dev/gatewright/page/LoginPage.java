package dev.gatewright.page;

import org.jspecify.annotations.Nullable;

/**
 * User name or email, and password. Posts {@code csrf_token}, {@code login}, {@code password}, and
 * the pending request's {@code request_uri} and {@code client_id} to {@code /login}. The password
 * is never sent back to the page.
 *
 * @param request what to go on with after the login, null when the page was opened for itself
 * @param login what the person typed before, empty at first
 * @param error why the login was refused, one sentence; null at first
 * @param signUpOpen whether the page offers to create an account
 */
public record LoginPage(
    String csrfToken,
    @Nullable PendingRequest request,
    String login,
    @Nullable String error,
    boolean signUpOpen)
    implements Page {

  /** The way to the sign-up page, which goes on with the same request. */
  public String signUpLink() {
    return request == null ? "/sign-up" : request.link("/sign-up");
  }
}
