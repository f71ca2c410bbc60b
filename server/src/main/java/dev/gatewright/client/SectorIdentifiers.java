package dev.gatewright.client;

import dev.gatewright.http.ProblemException;
import dev.gatewright.outbound.Outbound;
import dev.gatewright.outbound.OutboundException;
import io.micronaut.core.type.Argument;
import io.micronaut.json.JsonMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks whoever a client says that it belongs to: the document at {@code sector_identifier_uri} must
 * list every redirect URI of the client (OpenID Connect Core §8.1), or else anyone could join a
 * sector and learn whom its clients know. Waits for the network, so not for use in a transaction.
 */
@Singleton
public final class SectorIdentifiers {
  private static final Logger LOG = LoggerFactory.getLogger(SectorIdentifiers.class);
  private static final String FIELD = "sector_identifier_uri";
  private static final Set<String> JSON = Set.of("application/json");

  private final Outbound outbound;
  private final JsonMapper json;

  SectorIdentifiers(Outbound outbound, JsonMapper json) {
    this.outbound = outbound;
    this.json = json;
  }

  /**
   * The metadata, when its sector confirms it or it names none; what was confirmed before is not
   * asked after again.
   *
   * @param before what the client is registered with; null for a new one
   * @throws ProblemException 400
   */
  public ClientMetadata confirmed(ClientMetadata metadata, @Nullable ClientMetadata before) {
    @Nullable String uri = metadata.options().sectorIdentifierUri();
    if (uri == null || (before != null && isSame(metadata, before))) {
      return metadata;
    }
    List<String> redirectUris = Objects.requireNonNullElse(metadata.redirectUris(), List.of());
    if (!listed(uri).containsAll(redirectUris)) {
      throw ProblemException.invalid(FIELD, "must list every redirect URI of the client");
    }
    return metadata;
  }

  private static boolean isSame(ClientMetadata metadata, ClientMetadata before) {
    return Objects.equals(
            metadata.options().sectorIdentifierUri(), before.options().sectorIdentifierUri())
        && Objects.equals(metadata.redirectUris(), before.redirectUris());
  }

  private List<String> listed(String uri) {
    try {
      List<String> listed =
          json.readValue(outbound.get(uri, JSON).text(), Argument.listOf(String.class));
      return Objects.requireNonNullElse(listed, List.of());
    } catch (OutboundException e) {
      LOG.info("A sector_identifier_uri cannot be fetched: {}", e.getMessage());
    } catch (IOException e) {
      LOG.info("A sector_identifier_uri is no JSON array of strings");
    }
    throw ProblemException.invalid(FIELD, "cannot be fetched as a JSON array of redirect URIs");
  }
}
