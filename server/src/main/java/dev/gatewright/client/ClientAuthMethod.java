package dev.gatewright.client;

import io.micronaut.core.convert.ConversionContext;
import io.micronaut.data.model.runtime.convert.AttributeConverter;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How a client authenticates: {@code token_endpoint_auth_method} (RFC 7591 §2). */
public enum ClientAuthMethod {
  /** HTTP Basic, with the form-encoded identifier and secret (RFC 6749 §2.3.1). */
  CLIENT_SECRET_BASIC("client_secret_basic"),
  /** Identifier and secret in the form (RFC 6749 §2.3.1). */
  CLIENT_SECRET_POST("client_secret_post"),
  /** A JWT that the client signs with its private key (RFC 7523, OpenID Connect Core §9). */
  PRIVATE_KEY_JWT("private_key_jwt"),
  /** A public client: it only says who it is, in the form (RFC 6749 §3.2.1). */
  NONE("none");

  private final String value;

  ClientAuthMethod(String value) {
    this.value = value;
  }

  /** The value on the wire and in the database. */
  public String value() {
    return value;
  }

  /** Whether a client that authenticates so has a secret. */
  public boolean usesSecret() {
    return this == CLIENT_SECRET_BASIC || this == CLIENT_SECRET_POST;
  }

  static Optional<ClientAuthMethod> of(@Nullable String value) {
    return Stream.of(values()).filter(method -> method.value.equals(value)).findFirst();
  }

  /** Stores the wire value. */
  @Singleton
  static final class Column implements AttributeConverter<ClientAuthMethod, String> {
    @Override
    public @Nullable String convertToPersistedValue(
        @Nullable ClientAuthMethod method, ConversionContext context) {
      return method == null ? null : method.value;
    }

    @Override
    public @Nullable ClientAuthMethod convertToEntityValue(
        @Nullable String stored, ConversionContext context) {
      return stored == null ? null : of(stored).orElseThrow();
    }
  }
}
