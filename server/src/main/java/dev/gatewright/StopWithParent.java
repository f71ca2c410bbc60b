package dev.gatewright;

/**
 * Ends a development server with the Maven that started it, however that ends; a plain {@code kill}
 * of Maven would leave the server running.
 */
final class StopWithParent {

  private static final String SWITCH = "gatewright.stop-with-parent";

  private StopWithParent() {}

  /** Watches the parent process if the system property {@value #SWITCH} is true. */
  static void ifAsked() {
    if (Boolean.getBoolean(SWITCH)) {
      ProcessHandle.current()
          .parent()
          .ifPresent(parent -> Thread.ofVirtual().start(() -> outlive(parent)));
    }
  }

  private static void outlive(ProcessHandle parent) {
    parent.onExit().join();
    System.exit(0);
  }
}
