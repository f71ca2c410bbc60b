package dev.gatewright.client.transport;

import java.net.URI;

/**
 * Where the generated classes get their calls from: one server, and in whose name they are made.
 *
 * @param issuer the server
 * @param transport how it is reached
 * @param credentials in whose name
 */
public record Calls(URI issuer, HttpTransport transport, Credentials credentials) {

  /** Begins a call of an operation. */
  public CallBuilder operation(String operationId, String method, String path) {
    return new CallBuilder(this, operationId, method, path);
  }

  @Override
  public String toString() {
    return "Calls[" + issuer + "]";
  }
}
