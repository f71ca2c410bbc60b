package dev.gatewright.persistence.ledger;

import dev.gatewright.Tokens;

/** The tokens of one grant as their client has them. */
final class Family {
  final Account owner;
  final String clientId;
  Tokens tokens;

  /** A refresh token that was used; empty while none was. */
  String spent = "";

  Family(Account owner, String clientId, Tokens tokens) {
    this.owner = owner;
    this.clientId = clientId;
    this.tokens = tokens;
  }

  String grant() {
    return Entry.grantOf(tokens.access());
  }

  /** The client stores what it got. */
  void rotated(Tokens fresh) {
    spent = tokens.refresh();
    tokens = fresh;
  }

  /** It is used no more. */
  void leave() {
    owner.families.remove(this);
  }
}
