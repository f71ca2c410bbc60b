package dev.gatewright.persistence.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatewright.Tokens;
import org.jspecify.annotations.Nullable;

/**
 * A line of the ledger.
 *
 * @param user the user name; empty for keys
 * @param subject the password of a sign-up, and the new one of a change; the client's id of a login
 *     or consent; the code or token that was sent; the algorithm of a key
 * @param detail the id of the grant to which a token that was sent belongs, or whose access token
 *     made the call; the {@code kid} of a key; else empty
 * @param tokens what was answered to a code or refresh token
 */
record Entry(
    Act act, Outcome outcome, String user, String subject, String detail, @Nullable Tokens tokens) {

  static Entry of(Act act, Reply reply, String user, String subject, String detail) {
    return new Entry(act, reply.outcome(), user, subject, detail, null);
  }

  /** Of a code or a refresh token that was sent to the token endpoint. */
  static Entry spent(Act act, Reply reply, String user, String subject, String detail) {
    @Nullable Tokens tokens = reply.acknowledged() ? reply.tokens() : null;
    return new Entry(act, reply.outcome(), user, subject, detail, tokens);
  }

  boolean is(Act kind, Outcome what) {
    return act == kind && outcome == what;
  }

  /** The grant that it concerns; empty when there is none, or none is known. */
  String grant() {
    return tokens == null ? detail : grantOf(tokens.access());
  }

  /** The grant that an access token names. */
  static String grantOf(String accessToken) {
    JsonNode claims = Tokens.claims(accessToken);
    return claims.path("grant_id").asText("");
  }
}
