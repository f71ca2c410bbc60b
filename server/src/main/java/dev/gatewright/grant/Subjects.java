package dev.gatewright.grant;

import dev.gatewright.client.Client;
import dev.gatewright.client.ClientOptions;
import dev.gatewright.crypto.MasterKey;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/**
 * Subject identifiers, the values of {@code sub} (OpenID Connect Core §8). A public one is the
 * user's id. A pairwise one is another for each sector, so that clients of different sectors cannot
 * tell that their users are the same person: an HMAC of sector and user id under a key from the
 * master key (§8.1). It is computed, never stored, and the same at every node and after every
 * start.
 */
@Singleton
public class Subjects {
  private final SecretKey key;

  public Subjects(MasterKey masterKey) {
    this.key = masterKey.derive("HmacSHA256", "pairwise-subject");
  }

  /** What this client knows the user as: 36 or 43 ASCII characters. */
  public String of(Client client, UUID userId) {
    return client.options().subjectType().equals(ClientOptions.PAIRWISE)
        ? pairwise(client.sectorIdentifier(), userId)
        : userId.toString();
  }

  private String pairwise(String sector, UUID userId) {
    byte[] host = sector.getBytes(StandardCharsets.UTF_8);
    byte[] message =
        ByteBuffer.allocate(host.length + 2 * Long.BYTES)
            .put(host)
            .putLong(userId.getMostSignificantBits())
            .putLong(userId.getLeastSignificantBits())
            .array();
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal(message));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java runtime has HMAC-SHA256", e);
    }
  }
}
