package dev.gatewright.account;

import dev.gatewright.api.UsersApi;
import dev.gatewright.api.model.SignUpRequest;
import dev.gatewright.api.model.UserPage;
import dev.gatewright.http.ProblemException;
import dev.gatewright.http.ProblemType;
import dev.gatewright.settings.SignUpSettings;
import dev.gatewright.user.NewUser;
import dev.gatewright.user.User;
import dev.gatewright.user.Users;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code /api/users}: sign-up; the list, and the way to log a user out, for administrators. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
class UserListController implements UsersApi {
  private static final String LOCATION = "/api/user";

  private final Users users;
  private final Credentials credentials;
  private final AccountModels models;
  private final SignUpSettings settings;

  UserListController(
      Users users, Credentials credentials, AccountModels models, SignUpSettings settings) {
    this.users = users;
    this.credentials = credentials;
    this.models = models;
    this.settings = settings;
  }

  @Override
  public HttpResponse<dev.gatewright.api.model.User> signUp(SignUpRequest request) {
    if (!settings.enabled()) {
      throw ProblemException.of(ProblemType.SIGN_UP_CLOSED, "Ask an administrator for an account");
    }
    User user = users.signUp(new NewUser(models.profile(request), request.getPassword()));
    return Answers.<dev.gatewright.api.model.User>of(HttpStatus.CREATED, user)
        .header(HttpHeaders.LOCATION, LOCATION)
        .body(models.user(user));
  }

  @Override
  public HttpResponse<UserPage> listUsers(Integer limit, @Nullable String cursor) {
    List<User> found = users.list(limit + 1, after(cursor));
    List<User> shown = found.subList(0, Math.min(limit, found.size()));
    UserPage page = new UserPage().items(shown.stream().map(models::user).toList());
    if (found.size() > limit) {
      page.nextCursor(shown.getLast().id().toString());
    }
    return Answers.<UserPage>of(HttpStatus.OK).body(page);
  }

  @Override
  public HttpResponse<?> endSessionsOfUser(UUID userId) {
    credentials.logOutEverywhere(
        users.find(userId).orElseThrow(() -> ProblemException.notFound("No user has this id")));
    return Answers.of(HttpStatus.NO_CONTENT);
  }

  private static @Nullable UUID after(@Nullable String cursor) {
    if (cursor == null) {
      return null;
    }
    try {
      return UUID.fromString(cursor);
    } catch (IllegalArgumentException e) {
      throw ProblemException.invalid("cursor", "must be the next_cursor of the page before");
    }
  }
}
