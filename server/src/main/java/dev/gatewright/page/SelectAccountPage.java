package dev.gatewright.page;

/**
 * Asks which account to go on with (OpenID Connect Core §3.1.2.1, {@code prompt=select_account}).
 * Posts {@code csrf_token}, {@code request_uri} and {@code client_id} to {@code /select-account} to
 * go on with the one that is logged in.
 *
 * @param request the request that waits
 * @param userName who is logged in
 */
public record SelectAccountPage(String csrfToken, PendingRequest request, String userName)
    implements Page {
  /** The link to log in as somebody else, for the same request. */
  public String otherAccountLink() {
    return request.link("/login");
  }
}
