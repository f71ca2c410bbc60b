package dev.gatewright.page;

import org.jspecify.annotations.Nullable;

/**
 * User name or email, and password. Posts {@code csrf_token}, {@code login}, {@code password}, and
 * the parameters of what is pending to {@code /login}. The password is never sent back to the page.
 *
 * @param pending what to go on with after the login, null when the page was opened for itself
 * @param login what the person typed before, empty at first
 * @param error why the login was refused, one sentence; null at first
 * @param signUpOpen whether the page offers to create an account
 */
public record LoginPage(
    String csrfToken,
    @Nullable Pending pending,
    String login,
    @Nullable String error,
    boolean signUpOpen)
    implements Page {

  /** The way to the sign-up page, which goes on with the same. */
  public String signUpLink() {
    return pending == null ? "/sign-up" : pending.link("/sign-up");
  }
}
