package dev.gatewright.client;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Client metadata that most clients go without, by the names of RFC 7591 §2, OpenID Connect Dynamic
 * Registration §2 and the logout specifications. It is only ever read with its client, so it is
 * kept as one text ({@link OptionsColumn}). A list that is absent is empty.
 *
 * @param jwks public keys (RFC 7517 §5)
 * @param tokenEndpointAuthSigningAlg the only algorithm of its assertions; null: any
 * @param requestObjectSigningAlg the only algorithm of its request objects; null: any
 * @param userinfoSignedResponseAlg null: userinfo is plain JSON
 * @param subjectType {@code public} or {@code pairwise}
 * @param defaultMaxAge seconds
 */
@Serdeable(naming = SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ClientOptions(
    @Nullable String clientUri,
    @Nullable String logoUri,
    @Nullable String policyUri,
    @Nullable String tosUri,
    List<String> contacts,
    @Nullable Map<String, Object> jwks,
    @Nullable String jwksUri,
    @Nullable String tokenEndpointAuthSigningAlg,
    @Nullable String requestObjectSigningAlg,
    List<String> requestUris,
    @Nullable String userinfoSignedResponseAlg,
    String subjectType,
    @Nullable String sectorIdentifierUri,
    @Nullable Integer defaultMaxAge,
    Boolean requireAuthTime,
    List<String> defaultAcrValues,
    @Nullable String initiateLoginUri,
    List<String> postLogoutRedirectUris,
    @Nullable String backchannelLogoutUri,
    Boolean backchannelLogoutSessionRequired) {
  /** A client without any. */
  public static final ClientOptions NONE =
      new ClientOptions(
          null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
          null, null, null, null, null);

  /** {@code sub} is the same for all clients (OpenID Connect Core §8). */
  public static final String PUBLIC = "public";

  /** {@code sub} is another one for each sector (OpenID Connect Core §8.1). */
  public static final String PAIRWISE = "pairwise";

  /** Puts each default in its place. */
  public ClientOptions(
      @Nullable String clientUri,
      @Nullable String logoUri,
      @Nullable String policyUri,
      @Nullable String tosUri,
      @Nullable List<String> contacts,
      @Nullable Map<String, Object> jwks,
      @Nullable String jwksUri,
      @Nullable String tokenEndpointAuthSigningAlg,
      @Nullable String requestObjectSigningAlg,
      @Nullable List<String> requestUris,
      @Nullable String userinfoSignedResponseAlg,
      @Nullable String subjectType,
      @Nullable String sectorIdentifierUri,
      @Nullable Integer defaultMaxAge,
      @Nullable Boolean requireAuthTime,
      @Nullable List<String> defaultAcrValues,
      @Nullable String initiateLoginUri,
      @Nullable List<String> postLogoutRedirectUris,
      @Nullable String backchannelLogoutUri,
      @Nullable Boolean backchannelLogoutSessionRequired) {
    this.clientUri = clientUri;
    this.logoUri = logoUri;
    this.policyUri = policyUri;
    this.tosUri = tosUri;
    this.contacts = list(contacts);
    this.jwks = jwks;
    this.jwksUri = jwksUri;
    this.tokenEndpointAuthSigningAlg = tokenEndpointAuthSigningAlg;
    this.requestObjectSigningAlg = requestObjectSigningAlg;
    this.requestUris = list(requestUris);
    this.userinfoSignedResponseAlg = userinfoSignedResponseAlg;
    this.subjectType = Objects.requireNonNullElse(subjectType, PUBLIC);
    this.sectorIdentifierUri = sectorIdentifierUri;
    this.defaultMaxAge = defaultMaxAge;
    this.requireAuthTime = Objects.requireNonNullElse(requireAuthTime, false);
    this.defaultAcrValues = list(defaultAcrValues);
    this.initiateLoginUri = initiateLoginUri;
    this.postLogoutRedirectUris = list(postLogoutRedirectUris);
    this.backchannelLogoutUri = backchannelLogoutUri;
    this.backchannelLogoutSessionRequired =
        Objects.requireNonNullElse(backchannelLogoutSessionRequired, false);
  }

  private static List<String> list(@Nullable List<String> words) {
    return words == null ? List.of() : words.stream().distinct().toList();
  }
}
