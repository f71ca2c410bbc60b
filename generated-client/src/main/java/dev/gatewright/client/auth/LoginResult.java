package dev.gatewright.client.auth;

import dev.gatewright.client.error.AuthorizationRequiredException;

/**
 * What came of a login by password. Today the server either logs the user in or refuses, which is
 * an exception; a server that asks for more than a password will have a result of its own here, so
 * a {@code switch} over the results should have a default.
 */
public sealed interface LoginResult permits LoginResult.LoggedIn {

  /**
   * The tokens, if the user is logged in.
   *
   * @throws AuthorizationRequiredException if the server asks for more than a password
   */
  Tokens tokens();

  /**
   * The user is logged in.
   *
   * @param tokens what the session has from now on
   */
  record LoggedIn(Tokens tokens) implements LoginResult {}
}
