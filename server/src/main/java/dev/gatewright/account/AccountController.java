package dev.gatewright.account;

import dev.gatewright.api.AccountApi;
import dev.gatewright.api.model.PasswordChange;
import dev.gatewright.api.model.UserPatch;
import dev.gatewright.bearer.Caller;
import dev.gatewright.http.ETags;
import dev.gatewright.http.ProblemException;
import dev.gatewright.user.Profile;
import dev.gatewright.user.User;
import dev.gatewright.user.Users;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@code /api/user}: the account of the user who calls. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
class AccountController implements AccountApi {
  /** How often a change without {@code If-Match} is tried again when someone else was faster. */
  private static final int ATTEMPTS = 5;

  private final Caller caller;
  private final Users users;
  private final Credentials credentials;

  AccountController(Caller caller, Users users, Credentials credentials) {
    this.caller = caller;
    this.users = users;
    this.credentials = credentials;
  }

  @Override
  public HttpResponse<dev.gatewright.api.model.User> getUser() {
    return Answers.of(HttpStatus.OK, caller.user());
  }

  @Override
  public HttpResponse<dev.gatewright.api.model.User> updateUser(
      UserPatch patch, @Nullable String ifMatch) {
    User changed = onCurrent(ifMatch, from -> users.update(from, merge(from.profile(), patch)));
    return Answers.of(HttpStatus.OK, changed);
  }

  @Override
  public HttpResponse<?> deleteUser(@Nullable String ifMatch) {
    onCurrent(ifMatch, from -> credentials.delete(from) ? Optional.of(from) : Optional.empty());
    return Answers.of(HttpStatus.NO_CONTENT);
  }

  @Override
  public HttpResponse<?> changePassword(PasswordChange change) {
    credentials.changePassword(
        caller.user(),
        change.getCurrentPassword(),
        change.getNewPassword(),
        caller.token().grantId());
    return Answers.of(HttpStatus.NO_CONTENT);
  }

  /**
   * Does a conditional write on the account as it is now; empty means that someone else was faster.
   */
  private <T> T onCurrent(@Nullable String ifMatch, Function<User, Optional<T>> write) {
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      User from = caller.user();
      ETags.check(ifMatch, from.version());
      Optional<T> written = write.apply(from);
      if (written.isPresent()) {
        return written.get();
      }
    }
    throw ProblemException.preconditionFailed();
  }

  /** RFC 7396: an absent member stays, {@code null} clears. */
  private static Profile merge(Profile from, UserPatch patch) {
    return new Profile(
        username(from, patch),
        merged(patch, "email", patch::getEmail, from.email()),
        merged(patch, "name", patch::getName, from.name()),
        merged(patch, "given_name", patch::getGivenName, from.givenName()),
        merged(patch, "family_name", patch::getFamilyName, from.familyName()));
  }

  private static String username(Profile from, UserPatch patch) {
    @Nullable String username = merged(patch, "username", patch::getUsername, from.username());
    if (username == null) {
      throw ProblemException.invalid("username", "cannot be cleared");
    }
    return username;
  }

  private static @Nullable String merged(
      UserPatch patch, String member, Supplier<@Nullable String> value, @Nullable String before) {
    return patch.has(member) ? value.get() : before;
  }
}
