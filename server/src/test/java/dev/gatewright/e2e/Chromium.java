package dev.gatewright.e2e;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The system's Chromium, driven by Playwright, which downloads none of its own. */
final class Chromium implements AutoCloseable {
  private static final List<String> QUIET =
      List.of(
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync");

  private final Playwright playwright;
  private final Browser browser;

  private Chromium(Playwright playwright, Browser browser) {
    this.playwright = playwright;
    this.browser = browser;
  }

  static Chromium launch() {
    Path executable = Need.chromium();
    Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    try {
      return new Chromium(
          playwright,
          playwright
              .chromium()
              .launch(
                  new BrowserType.LaunchOptions().setExecutablePath(executable).setArgs(QUIET)));
    } catch (RuntimeException e) {
      playwright.close();
      throw e;
    }
  }

  /** Someone who was never here before, at a desktop. */
  Visit visit() {
    return visit(options -> {});
  }

  /** Someone who was never here before, with a window, a language or a taste of their own. */
  Visit visit(Consumer<Browser.NewContextOptions> wishes) {
    Browser.NewContextOptions options =
        new Browser.NewContextOptions().setLocale("en-GB").setViewportSize(1280, 800);
    wishes.accept(options);
    return new Visit(browser.newContext(options));
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
