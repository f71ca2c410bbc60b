package dev.gatewright.persistence.ledger;

import dev.gatewright.Tokens;
import dev.gatewright.key.TestKeys;
import dev.gatewright.persistence.AuditTrail;
import dev.gatewright.persistence.Database;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The audit trail: each act that was acknowledged once, and of those in doubt none twice. */
final class AuditCheck {
  private static final String SUCCESS = "success";

  private final Findings findings;
  private final Map<String, Integer> byUser = new HashMap<>();
  private final Map<String, Integer> bySubject = new HashMap<>();
  private final Map<String, String> userIds = new HashMap<>();
  private final Set<String> kids;

  AuditCheck(Database database, Findings findings) {
    this.findings = findings;
    for (AuditTrail.Row row : new AuditTrail(database).rows()) {
      if (row.get("outcome").equals(SUCCESS)) {
        String act = row.get("act") + " ";
        byUser.merge(act + row.get("user_id"), 1, Integer::sum);
        bySubject.merge(act + row.get("subject_id"), 1, Integer::sum);
        String ofUserOnSubject = act + row.get("user_id") + " " + row.get("subject_id");
        bySubject.merge(ofUserOnSubject, 1, Integer::sum);
      }
    }
    for (String row :
        database.query("select concat(username, ' ', lower(hex(id))) from user_account")) {
      String[] pair = row.split(" ", 2);
      userIds.put(pair[0], dashed(pair[1]));
    }
    kids = Set.copyOf(database.query("select kid from signing_key"));
  }

  void run(Ledger ledger) {
    ledger.byUser().forEach(this::user);
    Story.of(ledger).forEach(this::grant);
    for (Act act : List.of(Act.ROTATE_KEY, Act.REPLACE_KEY)) {
      ledger.of(act, Outcome.ACKNOWLEDGED).stream()
          .map(Entry::detail)
          .distinct()
          .forEach(kid -> expect("key.rotated " + kid, on("key.rotated " + kid), 1, 1));
    }
  }

  private void user(String name, List<Entry> story) {
    String id = userIds.getOrDefault(name, "nobody");
    List<Entry> signUps = story.stream().filter(entry -> entry.act() == Act.SIGN_UP).toList();
    boolean certain = signUps.stream().anyMatch(entry -> entry.outcome() != Outcome.IN_DOUBT);
    int created = byUser.getOrDefault("user.created " + id, 0);
    expect("user.created of " + name, created, certain ? 1 : 0, 1);
    counted(Act.LOGIN, "login", name, id, story);
    counted(Act.CHANGE_PASSWORD, "password.changed", name, id, story);
    Map<String, List<Entry>> consents =
        story.stream()
            .filter(entry -> entry.act() == Act.CONSENT)
            .collect(Collectors.groupingBy(Entry::subject));
    consents.forEach((client, entries) ->
        expect(
            "consent of " + name + " to " + client,
            on("consent " + id + " " + client),
            count(entries, Outcome.ACKNOWLEDGED),
            entries.size()));
  }

  private void counted(Act act, String recorded, String name, String id, List<Entry> story) {
    List<Entry> entries = story.stream().filter(entry -> entry.act() == act).toList();
    int least = count(entries, Outcome.ACKNOWLEDGED);
    int most = least + count(entries, Outcome.IN_DOUBT);
    expect(recorded + " of " + name, byUser.getOrDefault(recorded + " " + id, 0), least, most);
  }

  private void grant(Story story) {
    String of = " " + story.grant + " of " + story.user;
    expect("grant.issued" + of, on("grant.issued " + story.grant), 1, 1);
    boolean certainly = story.whenRevoked == Story.State.ALIVE && !story.revocationInDoubt;
    expect("grant.revoked" + of, on("grant.revoked " + story.grant), certainly ? 1 : 0, 1);
    for (Tokens tokens : story.tokens) {
      String jti = Tokens.claims(tokens.access()).path("jti").asText();
      boolean revoked = story.revoked.contains(tokens.access());
      boolean alive =
          story.state != Story.State.DOUBTFUL
              && !story.perhapsRevoked.contains(tokens.access())
              && kids.contains(TestKeys.kid(tokens.access()));
      int recorded = on("token.revoked " + jti);
      if (revoked || recorded > 0) {
        boolean asked = revoked || story.perhapsRevoked.contains(tokens.access());
        expect(
            "token.revoked of a token of" + of, recorded, revoked && alive ? 1 : 0, asked ? 1 : 0);
      }
    }
  }

  private int on(String actAndSubject) {
    return bySubject.getOrDefault(actAndSubject, 0);
  }

  private void expect(String what, int rows, int least, int most) {
    findings.expect(
        Check.AUDIT,
        least <= rows && rows <= most,
        "%d rows of %s, not %s"
            .formatted(rows, what, least == most ? least : least + " to " + most));
  }

  private static int count(List<Entry> entries, Outcome outcome) {
    return (int) entries.stream().filter(entry -> entry.outcome() == outcome).count();
  }

  private static String dashed(String hex) {
    return hex.replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5");
  }
}
