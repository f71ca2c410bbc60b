package dev.gatewright.account;

import dev.gatewright.api.AccountApi;
import dev.gatewright.api.model.PasswordChange;
import dev.gatewright.api.model.UserPatch;
import dev.gatewright.bearer.Caller;
import dev.gatewright.http.ETags;
import dev.gatewright.http.ProblemException;
import dev.gatewright.user.User;
import dev.gatewright.user.Users;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.Optional;
import java.util.function.Function;
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
  private final AccountModels models;

  AccountController(Caller caller, Users users, Credentials credentials, AccountModels models) {
    this.caller = caller;
    this.users = users;
    this.credentials = credentials;
    this.models = models;
  }

  @Override
  public HttpResponse<dev.gatewright.api.model.User> getUser() {
    return shown(caller.user());
  }

  @Override
  public HttpResponse<dev.gatewright.api.model.User> updateUser(
      UserPatch patch, @Nullable String ifMatch) {
    return shown(
        onCurrent(ifMatch, from -> users.update(from, models.patched(from.profile(), patch))));
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
      User from = attempt == 1 ? caller.user() : caller.userNow();
      ETags.check(ifMatch, from.version());
      Optional<T> written = write.apply(from);
      if (written.isPresent()) {
        return written.get();
      }
    }
    throw ProblemException.preconditionFailed();
  }

  private HttpResponse<dev.gatewright.api.model.User> shown(User user) {
    return Answers.<dev.gatewright.api.model.User>of(HttpStatus.OK, user).body(models.user(user));
  }
}
