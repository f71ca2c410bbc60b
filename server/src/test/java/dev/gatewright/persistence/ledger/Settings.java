package dev.gatewright.persistence.ledger;

import java.util.Locale;

/** What a run is told by system properties: {@code ledger.database} and so on. */
final class Settings {
  /** Which database: {@code mariadb}, {@code mysql} or {@code galera}. */
  static final String DATABASE =
      System.getProperty("ledger.database", "mariadb").toLowerCase(Locale.ROOT);

  /** How often something breaks. */
  static final int ROUNDS = Integer.getInteger("ledger.rounds", 3);

  /** What decides what breaks when, and what actors do. */
  static final long SEED = Long.getLong("ledger.seed", System.nanoTime() % 1_000_000);

  /** {@code gatewright.refresh-tokens.reuse-grace}. */
  static final String REUSE_GRACE = System.getProperty("ledger.grace", "0s");

  static final boolean GRACE = !REUSE_GRACE.equals("0s");

  private Settings() {}
}
