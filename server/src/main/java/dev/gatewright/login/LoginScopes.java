package dev.gatewright.login;

import dev.gatewright.http.ProblemException;
import dev.gatewright.oauth.Scopes;
import dev.gatewright.oauth.ServerScopes;
import dev.gatewright.user.User;
import org.jspecify.annotations.Nullable;

/** The scopes that a JSON login asks for; none stands for all that the user may have. */
record LoginScopes(Scopes asked) {
  /**
   * Those of this server; {@code offline_access} is about applications that outlive a browser
   * session, and there is none.
   */
  private static final Scopes ALL =
      Scopes.of(ServerScopes.ALL).filter(scope -> !scope.equals(ServerScopes.OFFLINE_ACCESS));

  /**
   * Reads the member {@code scope}.
   *
   * @throws ProblemException 400 on a scope that is not this server's
   */
  static LoginScopes parse(@Nullable String scope) {
    try {
      Scopes asked = Scopes.parse(scope);
      if (ALL.containsAll(asked)) {
        return new LoginScopes(asked);
      }
    } catch (IllegalArgumentException e) {
      // answered below
    }
    throw ProblemException.invalid("scope", "must be scopes of this server, separated by spaces");
  }

  /**
   * The scopes for this user.
   *
   * @throws ProblemException 400 on an administrative scope when the user is no administrator
   */
  Scopes of(User user) {
    Scopes allowed =
        ALL.filter(scope -> user.isAdministrator() || !ServerScopes.ADMINISTRATIVE.contains(scope));
    if (asked.isEmpty()) {
      return allowed;
    }
    if (!allowed.containsAll(asked)) {
      throw ProblemException.invalid("scope", "must not hold what only administrators may");
    }
    return asked;
  }
}
