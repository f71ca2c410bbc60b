package dev.gatewright.page;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A new account. Posts {@code csrf_token}, {@code username}, {@code email} (may be empty), {@code
 * password}, and the parameters of what is pending to {@code /sign-up}. The password is never sent
 * back to the page.
 *
 * @param pending what to go on with afterwards, null when the page was opened for itself
 * @param username what the person typed before, empty at first
 * @param email what the person typed before, empty at first
 * @param errors what is wrong, one sentence for each field name; the key {@code ""} is about the
 *     whole form
 * @param passwordMinLength the least number of characters of a password
 */
public record SignUpPage(
    String csrfToken,
    @Nullable Pending pending,
    String username,
    String email,
    Map<String, String> errors,
    int passwordMinLength)
    implements Page {

  /** Copies the errors. */
  public SignUpPage {
    errors = Map.copyOf(errors);
  }

  /** What is wrong with a field, null when nothing is. */
  public @Nullable String error(String field) {
    return errors.get(field);
  }

  /** The way to the login page, which goes on with the same. */
  public String loginLink() {
    return pending == null ? "/login" : pending.link("/login");
  }
}
