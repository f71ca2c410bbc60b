package dev.gatewright.client.auth;

import java.net.URI;

/**
 * The user's own browser (RFC 8252 §8.12: no view inside the program, which could read along).
 *
 * <p>{@code java.awt.Desktop} is looked up by name, so that nobody needs {@code java.desktop} who
 * does not use it.
 */
final class SystemBrowser {

  private SystemBrowser() {}

  /** Opens it where there is one, and otherwise writes the address to standard output. */
  static void openOrPrint(URI address) {
    if (!open(address)) {
      System.out.println("Please open " + address);
    }
  }

  private static boolean open(URI address) {
    try {
      Class<?> environment = Class.forName("java.awt.GraphicsEnvironment");
      if ((boolean) environment.getMethod("isHeadless").invoke(null)) {
        return false;
      }
      Class<?> desktop = Class.forName("java.awt.Desktop");
      if (!(boolean) desktop.getMethod("isDesktopSupported").invoke(null)) {
        return false;
      }
      Object instance = desktop.getMethod("getDesktop").invoke(null);
      desktop.getMethod("browse", URI.class).invoke(instance, address);
      return true;
    } catch (ReflectiveOperationException | LinkageError | RuntimeException e) {
      return false;
    }
  }
}
