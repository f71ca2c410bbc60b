package dev.gatewright.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * One person's windows. At the end nothing may have been written to any console: no error of a
 * script, nothing that the Content-Security-Policy stopped, no file that was not there.
 */
final class Visit implements AutoCloseable {
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");

  private final BrowserContext context;
  private final Page page;
  private final List<String> complaints = new CopyOnWriteArrayList<>();
  private final List<String> expected = new ArrayList<>();

  Visit(BrowserContext context) {
    this.context = context;
    context.setDefaultTimeout(30_000);
    context.onConsoleMessage(message -> {
      if (message.type().equals("error") || message.type().equals("warning")) {
        complaints.add(message.type() + " at " + message.location() + ": " + message.text());
      }
    });
    context.onWebError(error -> complaints.add("script: " + error.error()));
    this.page = context.newPage();
  }

  /** The first window. */
  Page page() {
    return page;
  }

  /** Of refusals the browser complains by itself; each has to be expected. */
  void expectRefusal(int status) {
    expectComplaint("the server responded with a status of " + status);
  }

  /** What the browser has to complain about, once: a part of its words. */
  void expectComplaint(String words) {
    expected.add(words);
  }

  void signUp(String username, String password) {
    page.getByLabel("User name").fill(username);
    page.getByLabel("Email").fill(username + "@example.org");
    page.getByLabel("Password").fill(password);
    press(page, "Create account");
  }

  /** On the login page, in whichever window that is. */
  static void logIn(Page window, String login, String password) {
    window.getByLabel("User name or email").fill(login);
    window.getByLabel("Password").fill(password);
    press(window, "Log in");
  }

  static void press(Page window, String button) {
    window
        .getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(button).setExact(true))
        .click();
  }

  /** The whole page, to be looked at, in {@code target/screenshots}. */
  static void screenshot(Page window, String name) {
    window.screenshot(
        new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")).setFullPage(true));
  }

  /** A part of a page, to be looked at. */
  static void screenshot(Locator part, String name) {
    part.screenshot(new Locator.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")));
  }

  @Override
  public void close() {
    context.close();
    for (String words : expected) {
      Optional<String> complaint =
          complaints.stream().filter(said -> said.contains(words)).findFirst();
      assertTrue(complaint.isPresent(), () -> "Nobody said: " + words);
      complaints.remove(complaint.get());
    }
    assertEquals(List.of(), complaints, "What the browser complained about");
  }
}
