package dev.gatewright.client;

import dev.gatewright.oauth.GrantType;
import dev.gatewright.oauth.Scopes;
import dev.gatewright.oauth.ServerScopes;
import java.time.Instant;
import java.util.List;

/**
 * The built-in client that tokens from the JSON login belong to: this server's own, public, never
 * asked about. It has no row and so cannot be changed or deleted, and it has no redirect URI and so
 * no browser is ever sent to it.
 */
public final class LoginClient {
  /** Its {@code client_id}, which no other client can have. */
  public static final String CLIENT_ID = "gatewright-login";

  static final Client CLIENT =
      new Client(
          CLIENT_ID,
          "Gatewright login",
          ApplicationType.NATIVE,
          ClientAuthMethod.NONE,
          null,
          List.of(GrantType.REFRESH_TOKEN),
          List.of(),
          Scopes.of(ServerScopes.ALL),
          null,
          true,
          false,
          RefreshTokenPolicy.ALWAYS,
          ClientMetadata.ACCESS_TOKEN_LIFETIME,
          ClientMetadata.REFRESH_TOKEN_LIFETIME,
          null,
          ClientMetadata.ACCESS_TOKEN_ALG,
          ClientMetadata.ID_TOKEN_ALG,
          List.of(),
          ClientOptions.NONE,
          0,
          Instant.EPOCH,
          Instant.EPOCH);

  private LoginClient() {}
}
