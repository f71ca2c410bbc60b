package dev.gatewright.bootstrap;

/**
 * The account that was made because there was no administrator.
 *
 * @param password to be shown once, never logged
 */
public record FirstAdministrator(String username, String password) {
  @Override
  public String toString() {
    return "FirstAdministrator[" + username + "]";
  }
}
