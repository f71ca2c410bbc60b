package dev.gatewright.persistence.ledger;

import java.util.List;
import java.util.Map;
import java.util.Random;

/** The whole code flow in a new browser, each step at whichever node. */
final class Logins {
  private final Nodes nodes;
  private final Ledger ledger;
  private final Random random;

  Logins(Nodes nodes, Ledger ledger, Random random) {
    this.nodes = nodes;
    this.ledger = ledger;
    this.random = random;
  }

  /** Logs in, consents if asked, and redeems the code; the family is the account's. */
  void logIn(Account account) {
    String clientId = Scene.CLIENTS.get(random.nextInt(Scene.CLIENTS.size()));
    String code = code(account, clientId);
    if (!code.isEmpty()) {
      redeem(account, clientId, code);
    }
  }

  private String code(Account account, String clientId) {
    Visit visit = new Visit(nodes, random);
    Reply start = visit.get(Scene.authorization(clientId, Map.of()));
    if (!start.location().contains("/login?")) {
      return "";
    }
    Reply login =
        visit.post(
            start.path(),
            "/login",
            Map.of(
                "login",
                account.name,
                "password",
                account.password,
                "client_id",
                start.parameter("client_id"),
                "request_uri",
                start.parameter("request_uri")));
    record(Act.LOGIN, account, login, clientId);
    if (!login.acknowledged()) {
      return "";
    }
    Reply next = visit.get(login.path());
    return next.location().contains("/consent?")
        ? consent(visit, account, clientId, next)
        : Scene.code(next);
  }

  private String consent(Visit visit, Account account, String clientId, Reply asked) {
    Reply decided =
        visit.post(
            asked.path(),
            "/consent",
            Map.of(
                "client_id", asked.parameter("client_id"),
                "request_uri", asked.parameter("request_uri"),
                "decision", "allow"));
    record(Act.CONSENT, account, decided, clientId);
    return decided.acknowledged() ? Scene.code(visit.get(decided.path())) : "";
  }

  /** Sometimes at both nodes at once, sometimes twice: then what it yields is to be revoked. */
  private void redeem(Account account, String clientId, String code) {
    Request request = Scene.redemption(clientId, code);
    int dice = random.nextInt(20);
    if (dice == 0) {
      spend(account, code, Spending.atEveryNode(nodes, request));
      return;
    }
    Reply reply = nodes.send(request, random);
    spend(account, code, List.of(reply));
    if (reply.acknowledged() && dice > 1) {
      account.families.add(new Family(account, clientId, reply.tokens()));
    } else if (reply.inDoubt() || dice == 1) {
      spend(account, code, List.of(nodes.send(request, random)));
    }
  }

  private void spend(Account account, String code, List<Reply> replies) {
    for (Reply reply : replies) {
      if (reply.outcome() != Outcome.UNSENT) {
        ledger.add(Entry.spent(Act.REDEEM, reply, account.name, code, ""));
      }
    }
  }

  private void record(Act act, Account account, Reply reply, String clientId) {
    if (reply.outcome() != Outcome.UNSENT) {
      ledger.add(Entry.of(act, reply, account.name, clientId, ""));
    }
  }
}
