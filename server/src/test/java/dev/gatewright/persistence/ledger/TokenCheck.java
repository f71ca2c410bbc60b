package dev.gatewright.persistence.ledger;

import com.nimbusds.jose.jwk.JWKSet;
import dev.gatewright.Tokens;
import dev.gatewright.key.TestKeys;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/** Tokens and keys, by asking every node. */
final class TokenCheck {
  private static final int ATTEMPTS = 3;
  private static final Duration KEYS_AGREE_WITHIN = Duration.ofSeconds(10);

  private final Nodes nodes;
  private final Findings findings;
  private final Random random = new Random(0);
  private final List<JWKSet> keySets = new ArrayList<>();

  TokenCheck(Nodes nodes, Findings findings) {
    this.nodes = nodes;
    this.findings = findings;
  }

  void run(Ledger ledger) {
    readKeySets();
    singleUse(ledger);
    rotations(ledger);
    List<Story> stories = Story.of(ledger);
    Parallel.each(stories, this::check);
    Parallel.each(stories, this::spendAgain);
  }

  /** Each node reads the keys every few seconds. */
  private void readKeySets() {
    Instant end = Instant.now().plus(KEYS_AGREE_WITHIN);
    do {
      keySets.clear();
      for (int node = 0; node < nodes.size(); node++) {
        keySets.add(keySet(node));
      }
    } while (keySets.stream().map(JWKSet::toString).distinct().count() > 1
        && pause().isBefore(end));
  }

  private static Instant pause() {
    Pause.of(Duration.ofMillis(200));
    return Instant.now();
  }

  /**
   * Of the answers, at most one to each code and refresh token is a success; or, within a grace,
   * each of them yields the same successor.
   */
  private void singleUse(Ledger ledger) {
    Map<String, Set<String>> successors = new HashMap<>();
    Set<String> seen = new HashSet<>();
    for (Entry entry : ledger.entries()) {
      if (entry.tokens() != null) {
        successors
            .computeIfAbsent(entry.subject(), fresh -> new HashSet<>())
            .add(entry.tokens().refresh());
        findings.expect(
            Check.SINGLE_USE,
            seen.add(entry.subject()) || isRepeated(entry, successors),
            "%s of %s was answered twice".formatted(entry.act().title(), entry.user()));
      }
    }
  }

  private static boolean isRepeated(Entry entry, Map<String, Set<String>> successors) {
    return Settings.GRACE
        && entry.act() == Act.REFRESH
        && successors.getOrDefault(entry.subject(), Set.of()).size() == 1;
  }

  /** A key that was answered is there until one that replaces it. */
  private void rotations(Ledger ledger) {
    Set<String> replaced = new HashSet<>();
    ledger.of(Act.REPLACE_KEY, Outcome.IN_DOUBT).forEach(entry -> replaced.add(entry.subject()));
    for (Entry entry : ledger.entries().reversed()) {
      boolean key = entry.act() == Act.ROTATE_KEY || entry.act() == Act.REPLACE_KEY;
      if (key && entry.outcome() == Outcome.ACKNOWLEDGED && !replaced.contains(entry.subject())) {
        findings.expect(
            Check.ROTATIONS,
            keySets.stream().allMatch(set -> set.getKeyByKeyId(entry.detail()) != null),
            "key %s of %s is gone".formatted(entry.detail(), entry.subject()));
      }
      if (entry.act() == Act.REPLACE_KEY) {
        replaced.add(entry.subject());
      }
    }
  }

  private void check(Story story) {
    story.lapses.forEach(lapse -> findings.expect(Check.ALIVE, false, of(story) + lapse));
    for (Tokens tokens : story.tokens) {
      access(story, tokens.access());
      findings.expect(
          Check.KEYS,
          tokens.id().isEmpty() || isInEverySet(tokens.id()),
          of(story) + "an ID token names a key that is not in the JWK set of every node");
    }
    if (story.state == Story.State.ENDED) {
      findings.expect(
          Check.REVOKED, refresh(story, story.head()).refused(), of(story) + "it can be refreshed");
    } else if (story.state == Story.State.ALIVE) {
      Reply reply = refresh(story, story.head());
      findings.expect(
          Check.ALIVE,
          reply.acknowledged(),
          of(story) + "its last refresh token is lost: " + reply.status() + " " + reply.body());
    }
  }

  private void access(Story story, String token) {
    boolean active = isActive(0, token);
    findings.expect(
        Check.REVOKED,
        IntStream.range(1, nodes.size()).allMatch(node -> isActive(node, token) == active),
        of(story) + "the nodes disagree of an access token");
    boolean known = isInEverySet(token);
    if (active) {
      findings.expect(
          Check.KEYS, known, of(story) + "an access token verifies that names an unknown key");
    }
    boolean ended = story.state == Story.State.ENDED && story.withAccessTokens;
    if (ended || story.revoked.contains(token)) {
      findings.expect(Check.REVOKED, !active, of(story) + "a revoked access token is active");
      for (int node = 0; node < nodes.size(); node++) {
        Reply userInfo = ask(node, Request.get("/oauth2/userinfo").bearing(token));
        findings.expect(
            Check.REVOKED,
            userInfo.status() == 401,
            of(story) + "a revoked access token opens userinfo: " + userInfo.status());
      }
    } else if (story.state == Story.State.ALIVE
        && known
        && !story.perhapsRevoked.contains(token)
        && expires(token).isAfter(Instant.now())) {
      findings.expect(Check.ALIVE, active, of(story) + "an access token is lost");
    }
  }

  /** What was used once is refused, and ends what may be left. */
  private void spendAgain(Story story) {
    List<String> spent =
        story.answered.stream().filter(token -> !token.equals(story.code)).toList();
    if (!spent.isEmpty() && !Settings.GRACE) {
      Reply again = refresh(story, spent.get(random.nextInt(spent.size())));
      findings.expect(
          Check.SINGLE_USE,
          again.refused(),
          of(story) + "a spent refresh token is good again: " + again.status());
    }
    Reply code = nodes.send(Scene.redemption(client(story), story.code), random);
    findings.expect(
        Check.SINGLE_USE, code.refused(), of(story) + "its code is good again: " + code.status());
  }

  private Reply refresh(Story story, String token) {
    return nodes.send(Scene.refresh(client(story), token), random);
  }

  private static String client(Story story) {
    return Tokens.claims(story.tokens.getFirst().access()).path("client_id").asText();
  }

  private boolean isActive(int node, String token) {
    return ask(node, Scene.introspection(token)).json().path("active").asBoolean();
  }

  private boolean isInEverySet(String jwt) {
    String kid = kid(jwt);
    return keySets.stream().allMatch(set -> set.getKeyByKeyId(kid) != null);
  }

  /** The answer to what may be asked again. */
  private Reply ask(int node, Request request) {
    Reply reply = nodes.sendTo(node, request);
    for (int i = 1; i < ATTEMPTS && !reply.acknowledged() && !reply.refused(); i++) {
      reply = nodes.sendTo(node, request);
    }
    if (reply.status() == 0) {
      throw new IllegalStateException("Node " + node + " does not answer " + request.path());
    }
    return reply;
  }

  private JWKSet keySet(int node) {
    try {
      return JWKSet.parse(ask(node, Request.get("/.well-known/jwks.json")).body());
    } catch (ParseException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String kid(String jwt) {
    return TestKeys.kid(jwt);
  }

  private static Instant expires(String jwt) {
    return Instant.ofEpochSecond(Tokens.claims(jwt).path("exp").asLong());
  }

  private static String of(Story story) {
    return "grant " + story.grant + " of " + story.user + ": ";
  }
}
