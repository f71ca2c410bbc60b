package dev.gatewright.client.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.jwk.JWK;
import dev.gatewright.client.jwt.ClientAssertion;
import dev.gatewright.client.transport.Form;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Clock;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Who the client is, and how it proves that. */
record ClientCredentials(
    String clientId,
    @Nullable String clientSecret,
    @Nullable JWK privateKey,
    ClientAuthentication method) {

  ClientCredentials {
    if (clientId.isBlank()) {
      throw new IllegalArgumentException("The client_id must not be blank");
    }
    switch (method) {
      case CLIENT_SECRET_BASIC, CLIENT_SECRET_POST ->
          require(clientSecret != null && privateKey == null, method + " needs a client secret");
      case PRIVATE_KEY_JWT ->
          require(
              clientSecret == null && privateKey != null && privateKey.isPrivate(),
              method + " needs a private key, and no client secret");
      case NONE ->
          require(
              clientSecret == null && privateKey == null,
              "a client that authenticates by NONE has no secret and no key");
    }
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new IllegalArgumentException("Client authentication: " + otherwise);
    }
  }

  /** Adds what authenticates the client to a request that is about to carry the form. */
  void authenticate(HttpRequest.Builder request, Form form, URI issuer, Clock clock) {
    switch (method) {
      case CLIENT_SECRET_BASIC -> {
        String pair = Form.encode(clientId) + ":" + Form.encode(String.valueOf(clientSecret));
        request.header(
            "Authorization", "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8)));
      }
      case CLIENT_SECRET_POST -> form.add("client_id", clientId).add("client_secret", clientSecret);
      case PRIVATE_KEY_JWT -> {
        if (privateKey != null) {
          form.add("client_id", clientId)
              .add("client_assertion_type", ClientAssertion.TYPE)
              .add("client_assertion", ClientAssertion.sign(clientId, issuer, privateKey, clock));
        }
      }
      case NONE -> form.add("client_id", clientId);
    }
  }

  @Override
  public String toString() {
    return "ClientCredentials[" + clientId + ", " + method + "]";
  }
}
