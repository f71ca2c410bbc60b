package dev.gatewright.bootstrap;

import dev.gatewright.client.ClientMetadata;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A client in the file, by the names of the contract's {@code ClientRegistration}, with its secret.
 *
 * @param clientSecret null for a client that has none
 */
record DeclaredClient(YamlSection at, ClientMetadata metadata, @Nullable String clientSecret) {
  /** RFC 6749 appendix A.2, and long enough for the fast hash. */
  private static final Pattern SECRET = Pattern.compile("[\\x20-\\x7E]{32,200}");

  static DeclaredClient read(YamlSection at) {
    at.allowOnly(YamlRecord.fields(ClientMetadata.class, "client_secret"));
    at.requiredText("client_id");
    at.requiredText("client_name");
    ClientMetadata metadata = YamlRecord.read(at, ClientMetadata.class);
    return new DeclaredClient(at, metadata, secret(at, metadata));
  }

  private static @Nullable String secret(YamlSection at, ClientMetadata metadata) {
    @Nullable String secret = at.text("client_secret");
    boolean needed = metadata.usesSecret();
    if (!needed && secret != null) {
      throw at.mistake(
          "client_secret", "must be absent from a client that does not authenticate by it");
    }
    if (needed && (secret == null || !SECRET.matcher(secret).matches())) {
      throw at.mistake(
          "client_secret",
          "must be 32 to 200 printable ASCII characters, made at random, for a client that"
              + " authenticates by it");
    }
    return secret;
  }

  @Override
  public String toString() {
    return "DeclaredClient[" + metadata.clientId() + "]";
  }
}
