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

  /** Breaks something for some seconds; and at times a server besides. */
  void strike() {
    Fault first = next();
    List<Runnable> strikes = new ArrayList<>(List.of(plan(first)));
    if (first.of() != Fault.Of.SERVER && random.nextInt(3) == 0) {
      strikes.add(plan(random.nextBoolean() ? Fault.SERVER_KILLED : Fault.SERVER_PAUSED));
    }
    Parallel.each(strikes, Runnable::run);
  }

  /** Each thing once before any again. */
  private Fault next() {
    if (deck.isEmpty()) {
      deck.addAll(shuffled());
    }
    return deck.removeFirst();
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

  /** What is to be broken, how long, and mended. */
  private Runnable plan(Fault fault) {
    counts.merge(fault, 1, Integer::sum);
    ServerNode server = servers.get(random.nextInt(servers.size()));
    List<Link> links = random.nextBoolean() ? server.links() : List.of(server.links().getFirst());
    DatabaseProcess database = databases.get(random.nextInt(databases.size()));
    return switch (fault) {
      case SERVER_KILLED -> during(0, 2000, server::kill, server::start);
      case SERVER_PAUSED -> during(2000, 7000, server::stop, server::resume);
      case LINK_CUT -> during(links, Link.State.CUT);
      case LINK_SILENT_TO_DATABASE -> during(links, Link.State.SILENT_TO_DATABASE);
      case LINK_SILENT_FROM_DATABASE -> during(links, Link.State.SILENT_FROM_DATABASE);
      case LINK_SILENT -> during(links, Link.State.SILENT);
      case LINK_FORGOTTEN ->
          during(
              1000,
              4000,
              () -> links.forEach(link -> link.set(Link.State.SILENT)),
              () -> links.forEach(Link::openForgetting));
      case DATABASE_KILLED -> during(0, 3000, database::kill, database::start);
      case DATABASE_PAUSED ->
          during(
              2000,
              7000,
              database::stop,
              () -> {
                database.resume();
                database.awaitReady();
              });
    };
  }

  private Runnable during(List<Link> links, Link.State state) {
    return during(
        1000,
        6000,
        () -> links.forEach(link -> link.set(state)),
        () -> links.forEach(link -> link.set(Link.State.OPEN)));
  }

  /** Mended after so many milliseconds. */
  private Runnable during(int least, int most, Runnable broken, Runnable mended) {
    Duration time = Duration.ofMillis(random.nextInt(least, most));
    return () -> {
      broken.run();
      Pause.of(time);
      mended.run();
    };
  }

  /** How often each thing was done. */
  Map<Fault, Integer> counts() {
    return counts;
  }
}
