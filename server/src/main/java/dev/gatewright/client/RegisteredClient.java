package dev.gatewright.client;

import org.jspecify.annotations.Nullable;

/**
 * A client with the secret that was just made for it.
 *
 * @param clientSecret to be shown once; null for a client that has none
 */
public record RegisteredClient(Client client, @Nullable String clientSecret) {
  @Override
  public String toString() {
    return "RegisteredClient[" + client.clientId() + "]";
  }
}
