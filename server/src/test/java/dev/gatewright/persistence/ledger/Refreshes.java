package dev.gatewright.persistence.ledger;

import java.util.List;
import java.util.Random;

/** A client that refreshes, now and then by mistake at both nodes at once or with a spent token. */
final class Refreshes {
  private final Nodes nodes;
  private final Ledger ledger;
  private final Random random;

  Refreshes(Nodes nodes, Ledger ledger, Random random) {
    this.nodes = nodes;
    this.ledger = ledger;
    this.random = random;
  }

  void refresh(Family family) {
    int dice = random.nextInt(20);
    if (dice == 0) {
      spend(
          family,
          family.tokens.refresh(),
          Spending.atEveryNode(nodes, Scene.refresh(family.clientId, family.tokens.refresh())));
      family.leave();
    } else if (dice == 1 && !family.spent.isEmpty()) {
      once(family, family.spent);
      family.leave();
    } else {
      once(family);
    }
  }

  /** An answer that does not come is asked for once more, as clients do. */
  private void once(Family family) {
    Reply reply = once(family, family.tokens.refresh());
    if (reply.inDoubt()) {
      reply = once(family, family.tokens.refresh());
    }
    if (reply.acknowledged()) {
      family.rotated(reply.tokens());
    } else if (reply.outcome() != Outcome.UNSENT) {
      family.leave();
    }
  }

  private Reply once(Family family, String refreshToken) {
    Reply reply = nodes.send(Scene.refresh(family.clientId, refreshToken), random);
    spend(family, refreshToken, List.of(reply));
    return reply;
  }

  private void spend(Family family, String refreshToken, List<Reply> replies) {
    for (Reply reply : replies) {
      if (reply.outcome() != Outcome.UNSENT) {
        ledger.add(
            Entry.spent(Act.REFRESH, reply, family.owner.name, refreshToken, family.grant()));
      }
    }
  }
}
