package dev.gatewright.client.error;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/** A good access token that does not carry what the call needs (RFC 6750 §3.1): answer it 403. */
public final class InsufficientScopeException extends GatewrightException {

  private static final long serialVersionUID = 1L;

  private final Set<String> required;

  /** With the scopes that the call needs. */
  public InsufficientScopeException(Set<String> required) {
    super("The token lacks the scope " + String.join(" ", required), null, Refusal.NONE);
    this.required = Collections.unmodifiableSet(new LinkedHashSet<>(required));
  }

  /** Every scope that the call needs. */
  public Set<String> required() {
    return required;
  }

  /** The value of {@code WWW-Authenticate} for the answer (RFC 6750 §3). */
  public String bearerChallenge() {
    return "Bearer error=\"insufficient_scope\", scope=\"" + String.join(" ", required) + "\"";
  }
}
