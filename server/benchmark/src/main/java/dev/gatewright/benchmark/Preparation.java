package dev.gatewright.benchmark;

import dev.gatewright.benchmark.act.LoggingIn;
import dev.gatewright.benchmark.act.Refreshing;
import dev.gatewright.benchmark.data.Population;
import dev.gatewright.benchmark.load.Answer;
import dev.gatewright.benchmark.load.Conversation;
import dev.gatewright.benchmark.load.LoadGenerator;
import dev.gatewright.benchmark.load.Request;
import dev.gatewright.benchmark.load.Tally;
import dev.gatewright.benchmark.load.Verdict;
import dev.gatewright.benchmark.process.Gatewright;
import dev.gatewright.benchmark.process.HttpProcess;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Brings the database to where it is measured. */
final class Preparation {
  /** So many grants have access tokens at hand, and token families that go on being refreshed. */
  private static final int FAMILIES = 10_000;

  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final Settings settings;
  private final Gatewright server;
  private final LoadGenerator load;
  private final Console console;
  private int users;
  private String passwordHash = "";
  private List<String> refreshTokens = List.of();

  Preparation(Settings settings, Gatewright server, LoadGenerator load, Console console) {
    this.settings = settings;
    this.server = server;
    this.load = load;
    this.console = console;
  }

  /**
   * The first user logs in and consents; the others are her copies. The server is off after it.
   *
   * @param rows how many users there will be; more, if an earlier run has left more
   */
  void populate(int rows) throws SQLException {
    console.say("The server makes its schema, and the first user logs in.");
    try (HttpProcess process = server.start()) {
      once(process, new Once(new LoggingIn(() -> "template")));
    }
    Population population = Population.of(server.database());
    long begin = System.nanoTime();
    population.growTo(rows, count -> console.progress("%,d users are there.".formatted(count)));
    users = population.size();
    passwordHash = population.passwordHash();
    refreshTokens = population.refreshTokens(FAMILIES, begin);
    console.say(
        "%,d users, each with a consent, a grant and a refresh token, after %d s."
            .formatted(users, (System.nanoTime() - begin) / 1_000_000_000));
  }

  int users() {
    return users;
  }

  /** The hash of every user's password, as the server made it. */
  String passwordHash() {
    return passwordHash;
  }

  /** What can be asked of the server, now that it runs. */
  Operations operations(HttpProcess process) {
    List<List<String>> heads = Refreshing.shares(refreshTokens, settings.connections());
    List<List<String>> accessTokens =
        heads.stream().map(share -> (List<String>) new ArrayList<String>()).toList();
    List<Refreshing> exchanges =
        IntStream.range(0, heads.size())
            .mapToObj(share -> Refreshing.once(heads.get(share), accessTokens.get(share)))
            .toList();
    Tally tally = load.drive(process.address(), exchanges, PATIENCE);
    if (tally.failed() > 0) {
      throw new IllegalStateException("The server does not refresh: " + tally.failures());
    }
    return new Operations(users, accessTokens.stream().flatMap(List::stream).toList(), heads);
  }

  private void once(HttpProcess process, Once conversation) {
    Tally tally = load.drive(process.address(), List.of(conversation), PATIENCE);
    if (tally.completed() != 1) {
      throw new IllegalStateException("The first user cannot log in: " + tally.failures());
    }
  }

  /** One act of a conversation that has many. */
  private static final class Once implements Conversation {
    private final Conversation conversation;
    private boolean over;

    Once(Conversation conversation) {
      this.conversation = conversation;
    }

    @Override
    public boolean hasNext() {
      return !over;
    }

    @Override
    public Request next() {
      return conversation.next();
    }

    @Override
    public Verdict answered(Answer answer) {
      Verdict verdict = conversation.answered(answer);
      over = verdict != Verdict.GO_ON;
      return verdict;
    }
  }
}
