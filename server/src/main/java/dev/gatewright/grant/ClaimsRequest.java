package dev.gatewright.grant;

import dev.gatewright.client.Client;
import dev.gatewright.oauth.Scopes;
import dev.gatewright.oauth.ServerScopes;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The parameter {@code claims} (OpenID Connect Core §5.5). A claim is told when it is asked for,
 * essential or not, and the user has it; what must hold for the login to succeed are only the
 * values of {@code sub} and {@code acr}. Claims that are not known are ignored.
 *
 * @param claims the standard claims
 * @param subjects the values of {@code sub} of which the user must have one; null: any
 * @param essentialAcr the values of {@code acr} of which the login must have one; null: any
 */
public record ClaimsRequest(
    IndividualClaims claims, @Nullable Set<String> subjects, @Nullable Set<String> essentialAcr) {
  /** Asks for nothing. */
  public static final ClaimsRequest NONE = new ClaimsRequest(IndividualClaims.NONE, null, null);

  /**
   * The standard claims that the client can be granted: with {@code openid}, and of the scopes that
   * it is registered for.
   */
  public IndividualClaims grantable(Client client, Scopes granted) {
    return granted.contains(ServerScopes.OPENID)
        ? claims.within(client.scope())
        : IndividualClaims.NONE;
  }

  /** Whether the answer may be about this subject (OpenID Connect Core §3.1.2.2). */
  public boolean admitsSubject(String subject) {
    return subjects == null || subjects.contains(subject);
  }

  /** Whether a login of this class will do (OpenID Connect Core §5.5.1.1). */
  public boolean admitsAcr(String acr) {
    return essentialAcr == null || essentialAcr.contains(acr);
  }
}
