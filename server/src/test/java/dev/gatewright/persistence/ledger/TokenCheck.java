package dev.gatewright.persistence.ledger;

import dev.gatewright.Tokens;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/** Tokens, by asking every node. */
final class TokenCheck {
  private final Nodes nodes;
  private final Findings findings;
  private final KeySets keySets;
  private final Random random = new Random(0);

  TokenCheck(Nodes nodes, KeySets keySets, Findings findings) {
    this.nodes = nodes;
    this.keySets = keySets;
    this.findings = findings;
  }

  void run(Ledger ledger) {
    singleUse(ledger);
    List<Story> stories = Story.of(ledger);
    Parallel.each(stories, this::check);
    Parallel.each(stories, this::spendAgain);
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

  private void check(Story story) {
    story.lapses.forEach(lapse -> findings.expect(Check.ALIVE, false, of(story) + lapse));
    for (Tokens tokens : story.tokens) {
      access(story, tokens.access());
      findings.expect(
          Check.KEYS,
          tokens.id().isEmpty() || keySets.contain(tokens.id()),
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
    boolean known = keySets.contain(token);
    if (active) {
      findings.expect(
          Check.KEYS, known, of(story) + "an access token verifies that names an unknown key");
    }
    boolean ended = story.state == Story.State.ENDED && story.withAccessTokens;
    if (ended || story.revoked.contains(token)) {
      findings.expect(Check.REVOKED, !active, of(story) + "a revoked access token is active");
      for (int node = 0; node < nodes.size(); node++) {
        Reply userInfo = nodes.ask(node, Request.get("/oauth2/userinfo").bearing(token));
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
    return nodes.ask(node, Scene.introspection(token)).json().path("active").asBoolean();
  }

  private static Instant expires(String jwt) {
    return Instant.ofEpochSecond(Tokens.claims(jwt).path("exp").asLong());
  }

  private static String of(Story story) {
    return "grant " + story.grant + " of " + story.user + ": ";
  }
}
