package dev.gatewright.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import dev.gatewright.TestServer;
import java.util.regex.Pattern;

/** Swagger UI in somebody's window. */
final class Explorer {
  static final Pattern USERS =
      Pattern.compile("oauth2\\s+\\(OAuth2,\\s+authorizationCode with PKCE\\)");
  static final Pattern MACHINES = Pattern.compile("oauth2\\s+\\(OAuth2,\\s+clientCredentials\\)");
  static final Pattern BEARER = Pattern.compile("^\\s*bearer\\s");
  static final Pattern REGISTRATION_TOKEN = Pattern.compile("^\\s*registrationToken\\s");
  static final Pattern CLIENT = Pattern.compile("^\\s*clientBasic\\s");

  private final Page page;

  private Explorer(Page page) {
    this.page = page;
  }

  static Explorer open(Visit visit, TestServer server) {
    visit.page().navigate(server.issuer() + "/swagger-ui/");
    return new Explorer(visit.page());
  }

  /** Shows one operation, by its deep link, as if the link had been followed from elsewhere. */
  static Explorer open(Visit visit, TestServer server, String tag, String operationId) {
    visit.page().navigate(server.issuer() + "/swagger-ui/#/" + tag + "/" + operationId);
    return new Explorer(visit.page());
  }

  Page page() {
    return page;
  }

  /** The dialog of everything that can be authorized, opened. */
  Locator authorizations() {
    page.locator(".auth-wrapper .btn.authorize").click();
    return page.locator(".dialog-ux");
  }

  /** One scheme, or one flow of it, in the dialog. */
  Locator scheme(Pattern title) {
    Locator heading = page.locator("h4", new Page.LocatorOptions().setHasText(title));
    return page.locator(".dialog-ux .auth-container", new Page.LocatorOptions().setHas(heading));
  }

  void close(Locator dialog) {
    dialog.locator("button.btn-done").first().click();
  }

  /** The pop-up window in which the user logs in. */
  Page authorizeUser() {
    return page.waitForPopup(() -> authorize(scheme(USERS)));
  }

  static void authorize(Locator scheme) {
    scheme.locator("button.authorize").click();
  }

  /** Types a token into the box of a scheme, instead of the one that was there. */
  void enter(Pattern scheme, String token) {
    Locator dialog = authorizations();
    Locator box = scheme(scheme);
    forget(box);
    box.locator("input").fill(token);
    authorize(box);
    close(dialog);
  }

  /** Types a client's credentials into the dialog, instead of those that were there. */
  void enterClient(String clientId, String secret) {
    Locator dialog = authorizations();
    Locator box = scheme(CLIENT);
    forget(box);
    box.locator("input[name=username]").fill(clientId);
    box.locator("input[name=password]").fill(secret);
    authorize(box);
    close(dialog);
  }

  /** Takes back what was authorized. */
  void forget(Pattern scheme) {
    Locator dialog = authorizations();
    forget(scheme(scheme));
    close(dialog);
  }

  private static void forget(Locator scheme) {
    Locator logout = scheme.locator("button", new Locator.LocatorOptions().setHasText("Logout"));
    if (logout.isVisible()) {
      logout.click();
    }
  }

  /** An operation, opened. */
  Operation operation(String tag, String operationId) {
    Locator block = page.locator("#operations-" + tag + "-" + operationId);
    block.waitFor();
    if (block.locator(".opblock-body").count() == 0) {
      block.locator(".opblock-summary-control").click();
    }
    return new Operation(block);
  }

  /**
   * One operation.
   *
   * @param block what is shown of it
   */
  record Operation(Locator block) {

    /** Fills in a parameter of path, query or header. */
    Operation parameter(String name, String value) {
      block.locator("tr[data-param-name='" + name + "'] input").fill(value);
      return this;
    }

    /** Fills in a field of a form. */
    Operation field(String name, String value) {
      block.locator("tr[data-property-name='" + name + "'] input[type=text]").first().fill(value);
      return this;
    }

    /** Fills the form with another of its examples. */
    Operation example(String key) {
      block.locator(".form-example select").selectOption(key);
      return this;
    }

    /** The JSON that is sent. */
    Operation body(String json) {
      block.locator("textarea.body-param__text").fill(json);
      return this;
    }

    /** Sends it, and waits for the answer. */
    Operation execute() {
      block.locator("button.execute").click();
      answer().waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.VISIBLE));
      return this;
    }

    private Locator answer() {
      return block.locator(".live-responses-table .response");
    }

    Operation answers(int status) {
      assertThat(answer().locator(".response-col_status")).containsText(String.valueOf(status));
      return this;
    }

    /** The status of the answer; another word where there was none. */
    String status() {
      return answer().locator(".response-col_status").innerText().strip().split("\\s", 2)[0];
    }

    Locator answerBody() {
      return answer().locator(".response-col_description");
    }

    /** The request as a command line. */
    String curl() {
      return block.locator(".curl").innerText();
    }

    void close() {
      block.locator(".opblock-summary-control").click();
    }
  }
}
