package dev.gatewright.persistence.ledger;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Breaks one thing after the other, mends it, and counts. */
final class Faults {
  private final List<ServerNode> servers;
  private final List<DatabaseProcess> databases;
  private final Random random;
  private final List<Fault> deck = new ArrayList<>();
  private final Map<Fault, Integer> counts = new EnumMap<>(Fault.class);

  Faults(List<ServerNode> servers, List<DatabaseProcess> databases, long seed) {
    this.servers = servers;
    this.databases = databases;
    this.random = new Random(seed);
  }

  /** Breaks something for some seconds, each thing once before any again. */
  void strike() {
    if (deck.isEmpty()) {
      deck.addAll(shuffled());
    }
    strike(deck.removeFirst());
  }

  /** Each fault once; what breaks is by turns a server, a link, a database. */
  private List<Fault> shuffled() {
    Map<Fault.Of, List<Fault>> suits = new EnumMap<>(Fault.Of.class);
    for (Fault fault : Fault.values()) {
      suits.computeIfAbsent(fault.of(), fresh -> new ArrayList<>()).add(fault);
    }
    suits.values().forEach(suit -> Collections.shuffle(suit, random));
    List<Fault> all = new ArrayList<>();
    while (all.size() < Fault.values().length) {
      suits.values().stream()
          .filter(suit -> !suit.isEmpty())
          .map(List::removeFirst)
          .forEach(all::add);
    }
    return all;
  }

  private void strike(Fault fault) {
    counts.merge(fault, 1, Integer::sum);
    ServerNode server = servers.get(random.nextInt(servers.size()));
    DatabaseProcess database = databases.get(random.nextInt(databases.size()));
    switch (fault) {
      case SERVER_KILLED -> {
        server.kill();
        hold(0, 2000);
        server.start();
      }
      case SERVER_PAUSED -> {
        server.stop();
        hold(2000, 7000);
        server.resume();
      }
      case LINK_CUT -> silence(server, Link.State.CUT);
      case LINK_SILENT_TO_DATABASE -> silence(server, Link.State.SILENT_TO_DATABASE);
      case LINK_SILENT_FROM_DATABASE -> silence(server, Link.State.SILENT_FROM_DATABASE);
      case LINK_SILENT -> silence(server, Link.State.SILENT);
      case LINK_FORGOTTEN -> {
        server.links().forEach(link -> link.set(Link.State.SILENT));
        hold(1000, 4000);
        server.links().forEach(Link::openForgetting);
      }
      case DATABASE_KILLED -> {
        database.kill();
        hold(0, 3000);
        database.start();
      }
      case DATABASE_PAUSED -> {
        database.stop();
        hold(2000, 7000);
        database.resume();
        database.awaitReady();
      }
    }
  }

  private void silence(ServerNode server, Link.State state) {
    server.links().forEach(link -> link.set(state));
    hold(1000, 6000);
    server.links().forEach(link -> link.set(Link.State.OPEN));
  }

  private void hold(int least, int most) {
    Pause.of(Duration.ofMillis(random.nextInt(least, most)));
  }

  /** How often each thing was done. */
  Map<Fault, Integer> counts() {
    return counts;
  }
}
