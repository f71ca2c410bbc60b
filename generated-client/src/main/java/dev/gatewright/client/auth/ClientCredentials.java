package dev.gatewright.client.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.http.HttpRequest;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Who the client is, and how it proves that. */
record ClientCredentials(
    String clientId, @Nullable String clientSecret, ClientAuthentication method) {

  ClientCredentials {
    if (clientId.isBlank()) {
      throw new IllegalArgumentException("The client_id must not be blank");
    }
    if ((clientSecret == null) != (method == ClientAuthentication.NONE)) {
      throw new IllegalArgumentException(
          clientSecret == null
              ? "Client authentication by " + method + " needs a client secret"
              : "A client that authenticates by NONE has no client secret");
    }
  }

  /** Adds what authenticates the client to a request that is about to carry the form. */
  void authenticate(HttpRequest.Builder request, Form form) {
    switch (method) {
      case CLIENT_SECRET_BASIC -> {
        String pair = Form.encode(clientId) + ":" + Form.encode(String.valueOf(clientSecret));
        request.header(
            "Authorization", "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8)));
      }
      case CLIENT_SECRET_POST -> form.add("client_id", clientId).add("client_secret", clientSecret);
      case NONE -> form.add("client_id", clientId);
    }
  }

  @Override
  public String toString() {
    return "ClientCredentials[" + clientId + ", " + method + "]";
  }
}
