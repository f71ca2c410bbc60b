package dev.gatewright.persistence.ledger;

import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;

/**
 * An administrator's program that rotates signing keys, and at times replaces one as compromised:
 * never RS256, so that every ID token stays good.
 */
final class KeyKeeper implements Runnable {
  private static final List<String> ROTATED = List.of("ES256", "RS256", "PS256", "EdDSA");
  private static final List<String> REPLACED = List.of("PS256", "EdDSA");

  /** Every access token of the actors ends with the key of ES256: seldom. */
  private static final int OF_ES256 = 12;

  private final Nodes nodes;
  private final Ledger ledger;
  private final Random random;
  private final BooleanSupplier going;
  private final int longestPause;

  /**
   * @param longestPause between two rotations, in milliseconds
   */
  KeyKeeper(Nodes nodes, Ledger ledger, long seed, int longestPause, BooleanSupplier going) {
    this.nodes = nodes;
    this.ledger = ledger;
    this.random = new Random(seed);
    this.going = going;
    this.longestPause = longestPause;
  }

  @Override
  public void run() {
    try {
      while (going.getAsBoolean()) {
        Reply token = nodes.send(Scene.keeperToken(), random);
        if (token.acknowledged()) {
          rotate(token.tokens().access());
        }
        Thread.sleep(random.nextInt(longestPause));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void rotate(String accessToken) {
    boolean compromised = random.nextBoolean();
    boolean ofAccessTokens = compromised && random.nextInt(OF_ES256) == 0;
    List<String> algorithms = compromised ? REPLACED : ROTATED;
    String alg = ofAccessTokens ? "ES256" : algorithms.get(random.nextInt(algorithms.size()));
    String body = "{\"alg\":\"%s\",\"compromised\":%s}".formatted(alg, compromised);
    Reply reply = nodes.send(Request.json("POST", "/api/keys", body).bearing(accessToken), random);
    if (reply.outcome() != Outcome.UNSENT) {
      String kid = reply.acknowledged() ? reply.json().path("kid").asText() : "";
      Act act = compromised ? Act.REPLACE_KEY : Act.ROTATE_KEY;
      ledger.add(Entry.of(act, reply, "", alg, kid));
    }
  }
}
