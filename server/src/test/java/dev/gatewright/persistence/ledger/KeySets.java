package dev.gatewright.persistence.ledger;

import com.nimbusds.jose.jwk.JWKSet;
import dev.gatewright.key.TestKeys;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The JWK sets of all nodes. */
final class KeySets {
  /** Each node reads the keys every few seconds. */
  private static final Duration AGREE_WITHIN = Duration.ofSeconds(10);

  private final List<JWKSet> sets = new ArrayList<>();

  private KeySets() {}

  /** What the nodes publish, once they agree. */
  static KeySets of(Nodes nodes) {
    KeySets read = new KeySets();
    Instant end = Instant.now().plus(AGREE_WITHIN);
    read.read(nodes);
    while (!read.agree() && Instant.now().isBefore(end)) {
      Pause.of(Duration.ofMillis(200));
      read.read(nodes);
    }
    return read;
  }

  /** Whether the key that a JWT names is in each set. */
  boolean contain(String jwt) {
    return containKey(TestKeys.kid(jwt));
  }

  /** A key that was answered is there until one replaces it. */
  void check(Ledger ledger, Findings findings) {
    Set<String> replaced = new HashSet<>();
    ledger.of(Act.REPLACE_KEY, Outcome.IN_DOUBT).forEach(entry -> replaced.add(entry.subject()));
    for (Entry entry : ledger.entries().reversed()) {
      boolean key = entry.act() == Act.ROTATE_KEY || entry.act() == Act.REPLACE_KEY;
      if (key && entry.outcome() == Outcome.ACKNOWLEDGED && !replaced.contains(entry.subject())) {
        findings.expect(
            Check.ROTATIONS,
            containKey(entry.detail()),
            "key %s of %s is gone".formatted(entry.detail(), entry.subject()));
      }
      if (entry.act() == Act.REPLACE_KEY) {
        replaced.add(entry.subject());
      }
    }
  }

  private void read(Nodes nodes) {
    sets.clear();
    for (int node = 0; node < nodes.size(); node++) {
      try {
        sets.add(JWKSet.parse(nodes.ask(node, Request.get("/.well-known/jwks.json")).body()));
      } catch (ParseException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private boolean agree() {
    return sets.stream().map(JWKSet::toString).distinct().count() == 1;
  }

  private boolean containKey(String kid) {
    return sets.stream().allMatch(set -> set.getKeyByKeyId(kid) != null);
  }
}
