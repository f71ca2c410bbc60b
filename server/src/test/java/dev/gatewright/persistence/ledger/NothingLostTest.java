package dev.gatewright.persistence.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two server nodes at work, while processes are killed and paused and connections cut: what was
 * answered is so afterwards (docs/nothing-lost.md).
 */
class NothingLostTest {
  private static final int ACTORS = 12;
  private static final int ACTOR_MILLIS = 60;
  private static final int KEEPER_MILLIS = 1500;
  private static final Duration LONGEST_RECOVERY = Duration.ofSeconds(40);

  private static final Map<String, Object> COMMON =
      Map.of(
          "gatewright.issuer",
          "http://localhost:9999",
          "gatewright.master-key",
          "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8",
          "gatewright.passwords.memory",
          64,
          "gatewright.passwords.iterations",
          1,
          "gatewright.passwords.queue",
          200,
          "gatewright.login-throttle.failures-per-address",
          1_000_000,
          "gatewright.refresh-tokens.reuse-grace",
          Settings.REUSE_GRACE,
          "logger.levels.dev.gatewright",
          "WARN");

  @TempDir Path folder;

  /** Spread by another generator, for the first numbers of seeds that are near are near, too. */
  private final Random seeds = new Random(new SplittableRandom(Settings.SEED).nextLong());

  private final Ledger ledger = new Ledger();
  private final Findings findings = new Findings();
  private final List<Duration> recoveries = new ArrayList<>();
  private final List<Throwable> stumbles = Collections.synchronizedList(new ArrayList<>());

  @Test
  void whatWasAnsweredIsSoWhateverBreaks() throws Exception {
    System.out.printf(
        "Nothing lost: -Dledger.database=%s -Dledger.rounds=%d -Dledger.seed=%d%n",
        Settings.DATABASE, Settings.ROUNDS, Settings.SEED);
    Instant began = Instant.now();
    try (Engine engine = Engine.start()) {
      engine.createSchema();
      List<ServerNode> servers = servers(engine);
      try (Nodes nodes = new Nodes(servers.stream().map(ServerNode::url).toList())) {
        Faults faults = new Faults(servers, engine.processes(), seeds.nextLong());
        rounds(nodes, faults);
        Examination.awaitQuiet(engine.databases().getFirst());
        Examination.of(ledger, nodes, engine.databases(), findings);
        Duration took = Duration.between(began, Instant.now());
        Report report =
            new Report(ledger, findings, faults, nodes, took, Collections.max(recoveries));
        System.out.println(report.text());
      } finally {
        servers.forEach(ServerNode::close);
      }
    }
    assertEquals(List.of(), stumbles);
    for (Act act : Act.values()) {
      assertTrue(ledger.count(act, Outcome.ACKNOWLEDGED) > 0, "Nothing was to be lost: " + act);
    }
    assertEquals(List.of(), findings.all(), "-Dledger.seed=" + Settings.SEED);
  }

  /** One after the other, for the first one makes the schema. */
  private List<ServerNode> servers(Engine engine) throws IOException {
    Path bootstrap = Files.writeString(folder.resolve("bootstrap.yml"), Scene.BOOTSTRAP);
    List<ServerNode> servers = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      List<Link> links = new ArrayList<>(engine.links());
      Collections.rotate(links, -i); // each its own nearest
      Map<String, Object> configuration = new HashMap<>(COMMON);
      configuration.put("gatewright.bootstrap-file", bootstrap.toString());
      configuration.putAll(engine.configuration(links));
      ServerNode server = new ServerNode(links, configuration);
      server.start();
      servers.add(server);
    }
    return servers;
  }

  private void rounds(Nodes nodes, Faults faults) throws InterruptedException {
    AtomicBoolean going = new AtomicBoolean(true);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < ACTORS; i++) {
      threads.add(start(new Actor(nodes, ledger, seeds.nextLong(), ACTOR_MILLIS, going::get)));
    }
    threads.add(start(new KeyKeeper(nodes, ledger, seeds.nextLong(), KEEPER_MILLIS, going::get)));
    for (int round = 0; round < Settings.ROUNDS; round++) {
      Pause.of(Duration.ofMillis(seeds.nextInt(500, 2500)));
      faults.strike();
      recoveries.add(Recovery.await(nodes, LONGEST_RECOVERY, findings));
    }
    Pause.of(Duration.ofSeconds(1));
    going.set(false);
    for (Thread thread : threads) {
      thread.join();
    }
    Recovery.await(nodes, LONGEST_RECOVERY, findings);
  }

  /** Whoever stumbles fails the test. */
  private Thread start(Runnable work) {
    return Thread.ofVirtual()
        .uncaughtExceptionHandler((thread, stumble) -> stumbles.add(stumble))
        .start(work);
  }
}
