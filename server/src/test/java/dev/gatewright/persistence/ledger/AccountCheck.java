package dev.gatewright.persistence.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Accounts and consents, by logging in. */
final class AccountCheck {
  private final Nodes nodes;
  private final Findings findings;
  private final Random random = new Random(0);

  AccountCheck(Nodes nodes, Findings findings) {
    this.nodes = nodes;
    this.findings = findings;
  }

  void run(Ledger ledger) {
    Parallel.each(
        List.copyOf(ledger.byUser().entrySet()), user -> check(user.getKey(), user.getValue()));
  }

  private void check(String name, List<Entry> story) {
    boolean exists = false;
    boolean doubtful = false;
    List<String> passwords = new ArrayList<>();
    for (Entry entry : story) {
      if (entry.act() == Act.SIGN_UP) {
        // refused after an attempt that was not answered: taken, by that attempt
        exists |= entry.outcome() != Outcome.IN_DOUBT;
        passwords.add(entry.subject());
      } else if (entry.is(Act.CHANGE_PASSWORD, Outcome.ACKNOWLEDGED)) {
        passwords.clear();
        passwords.add(entry.subject());
      } else if (entry.is(Act.CHANGE_PASSWORD, Outcome.IN_DOUBT)) {
        passwords.add(entry.subject());
        doubtful = true;
      } else if (entry.is(Act.LOGIN, Outcome.REFUSED)) {
        findings.expect(Check.ACCOUNTS, doubtful, name + " was refused with the right password");
      }
    }
    if (!exists) {
      return;
    }
    String working =
        passwords.stream().filter(password -> logsIn(name, password)).findFirst().orElse("");
    findings.expect(Check.ACCOUNTS, !working.isEmpty(), name + " cannot log in");
    if (!working.isEmpty()) {
      consents(name, working, story);
    }
  }

  private boolean logsIn(String name, String password) {
    String body = "{\"login\":\"%s\",\"password\":\"%s\"}".formatted(name, password);
    return nodes.send(Request.json("POST", "/api/login", body), random).acknowledged();
  }

  /** With {@code prompt=none} there is a code, where there is consent. */
  private void consents(String name, String password, List<Entry> story) {
    List<String> clients =
        story.stream()
            .filter(entry -> entry.is(Act.CONSENT, Outcome.ACKNOWLEDGED))
            .map(Entry::subject)
            .distinct()
            .toList();
    if (clients.isEmpty()) {
      return;
    }
    Visit visit = new Visit(nodes, random);
    visit.post("/login", "/login", Map.of("login", name, "password", password));
    for (String client : clients) {
      Reply reply = visit.get(Scene.authorization(client, Map.of("prompt", "none")));
      findings.expect(
          Check.CONSENTS,
          !Scene.code(reply).isEmpty(),
          name + " has not consented to " + client + ": " + reply.location());
    }
  }
}
