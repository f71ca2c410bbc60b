package dev.gatewright;

import dev.gatewright.oauth.Pkce;
import dev.gatewright.user.User;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An authorization request that nothing is wrong with until a test changes it, and the way from it
 * to tokens (RFC 6749 §4.1, RFC 7636).
 */
public final class CodeFlow {
  public static final String VERIFIER = "a-code-verifier-of-the-tests.43-characters-or-more~";
  public static final String CHALLENGE = Pkce.challengeOf(VERIFIER);
  public static final String STATE = "state-of-the-tests";

  private final TestClient client;
  private final Map<String, String> parameters = new LinkedHashMap<>();
  private final List<Map.Entry<String, String>> more = new ArrayList<>();

  CodeFlow(TestClient client) {
    this.client = client;
    parameters.put("response_type", "code");
    parameters.put("client_id", client.clientId());
    parameters.put("redirect_uri", client.redirectUri());
    parameters.put("scope", "openid user:read");
    parameters.put("state", STATE);
    parameters.put("nonce", "nonce-of-the-tests");
    parameters.put("code_challenge", CHALLENGE);
    parameters.put("code_challenge_method", "S256");
  }

  public CodeFlow with(String name, String value) {
    parameters.put(name, value);
    return this;
  }

  public CodeFlow without(String... names) {
    for (String name : names) {
      parameters.remove(name);
    }
    return this;
  }

  /** Sends these parameters and no others. */
  public CodeFlow only(String... names) {
    parameters.keySet().retainAll(Set.of(names));
    return this;
  }

  /** What is sent. */
  public Map<String, String> parameters() {
    return Collections.unmodifiableMap(parameters);
  }

  /** Sends one more parameter, even one that is there. */
  public CodeFlow andAlso(String name, String value) {
    more.add(Map.entry(name, value));
    return this;
  }

  /** The parameters, form-encoded. */
  public String query() {
    List<Map.Entry<String, String>> all = new ArrayList<>(parameters.entrySet());
    all.addAll(more);
    return Forms.encode(all);
  }

  /** Path and query of the authorization request. */
  public String path() {
    return "/oauth2/auth?" + query();
  }

  /** The first answer of the authorization endpoint to this browser. */
  public HttpResponse<String> send(Browser browser) {
    return browser.get(path());
  }

  /**
   * The answer once the user has logged in and consented in this browser, as far as that is asked.
   */
  public Answer answer(Browser browser, User user) {
    return Answer.of(browser.finish(browser.get(path()), user));
  }

  /** A code that this user grants, in a browser of its own. */
  public String code(User user) {
    return answer(new Browser(client.server()), user).value("code");
  }

  /** What the client sends to redeem the code. */
  public Map<String, String> redemption(String code) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "authorization_code");
    form.put("code", code);
    if (parameters.containsKey("redirect_uri")) {
      form.put("redirect_uri", parameters.get("redirect_uri"));
    }
    if (parameters.containsKey("code_challenge")) {
      form.put("code_verifier", VERIFIER);
    }
    return form;
  }

  public HttpResponse<String> redeem(String code) {
    return client.token(redemption(code));
  }

  /** Tokens that this user grants. */
  public Tokens tokens(User user) {
    return Tokens.of(redeem(code(user)));
  }
}
