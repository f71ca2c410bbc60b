package dev.gatewright.persistence.ledger;

/** What breaks. */
enum Fault {
  SERVER_KILLED(Of.SERVER, "server killed"),
  SERVER_PAUSED(Of.SERVER, "server paused"),
  LINK_CUT(Of.LINK, "server cut off from the database"),
  LINK_SILENT_TO_DATABASE(Of.LINK, "database does not hear a server"),
  LINK_SILENT_FROM_DATABASE(Of.LINK, "server does not hear the database"),
  LINK_SILENT(Of.LINK, "neither hears the other"),
  LINK_FORGOTTEN(Of.LINK, "connections forgotten"),
  DATABASE_KILLED(Of.DATABASE, "database killed"),
  DATABASE_PAUSED(Of.DATABASE, "database paused");

  /** What it is that breaks. */
  enum Of {
    SERVER,
    LINK,
    DATABASE
  }

  private final Of of;
  private final String title;

  Fault(Of of, String title) {
    this.of = of;
    this.title = title;
  }

  Of of() {
    return of;
  }

  String title() {
    return title;
  }
}
