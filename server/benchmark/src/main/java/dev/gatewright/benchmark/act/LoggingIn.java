package dev.gatewright.benchmark.act;

import dev.gatewright.benchmark.load.Answer;
import dev.gatewright.benchmark.load.Conversation;
import dev.gatewright.benchmark.load.Request;
import dev.gatewright.benchmark.load.Verdict;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The whole authorization-code flow with PKCE (RFC 6749 §4.1, RFC 7636), as a fresh browser and the
 * web application behind it: authorization request, login page, password, back to the authorization
 * endpoint, code, tokens; and the consent page for a user who has not consented yet.
 */
public final class LoggingIn implements Conversation {
  /** Of every user of the benchmark. */
  public static final String PASSWORD = "correct horse battery staple";

  private static final String VERIFIER = "a-code-verifier-of-the-benchmark-of-43-characters";
  private static final Pattern HIDDEN =
      Pattern.compile("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\">");
  private static final Request BEGINNING =
      Request.get("/oauth2/auth?" + Request.encode(authorizationRequest()));

  private final Supplier<String> usernames;
  private final Map<String, String> cookies = new LinkedHashMap<>();
  private @Nullable Request next;
  private boolean redeeming;
  private @Nullable String refreshToken;

  /**
   * Logs one user in after the other.
   *
   * @param usernames who is next
   */
  public LoggingIn(Supplier<String> usernames) {
    this.usernames = usernames;
  }

  /** The refresh token of the last login; null before. */
  public @Nullable String refreshToken() {
    return refreshToken;
  }

  @Override
  public Request next() {
    return next == null ? BEGINNING : next;
  }

  @Override
  public Verdict answered(Answer answer) {
    keepCookies(answer);
    if (redeeming) {
      abandoned();
      refreshToken = answer.text("refresh_token");
      return answer.status() == 200 && answer.text("id_token") != null
          ? Verdict.DONE
          : Verdict.FAILED;
    }
    next = after(answer);
    if (next == null) {
      abandoned();
      return Verdict.FAILED;
    }
    return Verdict.GO_ON;
  }

  @Override
  public void abandoned() {
    cookies.clear();
    next = null;
    redeeming = false;
  }

  private @Nullable Request after(Answer answer) {
    @Nullable String location = answer.header("Location");
    if (answer.status() == 200 && answer.contains("action=\"/login\"")) {
      return submit(answer, "/login", Map.of("login", usernames.get(), "password", PASSWORD));
    }
    if (answer.status() == 200 && answer.contains("action=\"/consent\"")) {
      return submit(answer, "/consent", Map.of("decision", "allow"));
    }
    if (location == null || (answer.status() != 302 && answer.status() != 303)) {
      return null;
    }
    return location.startsWith(Application.REDIRECT_URI) ? redeem(location) : get(location);
  }

  private Request get(String location) {
    return Request.get(location, cookieHeader());
  }

  private Request submit(Answer page, String action, Map<String, String> typed) {
    Map<String, String> form = new LinkedHashMap<>();
    Matcher hidden = HIDDEN.matcher(page.body());
    while (hidden.find()) {
      form.put(hidden.group(1), hidden.group(2).replace("&amp;", "&"));
    }
    form.putAll(typed);
    return Request.form(action, form, cookieHeader());
  }

  private @Nullable Request redeem(String location) {
    Matcher code = Pattern.compile("[?&]code=([^&]+)").matcher(URI.create(location).toString());
    if (!code.find()) {
      return null;
    }
    redeeming = true;
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "authorization_code");
    form.put("code", URLDecoder.decode(code.group(1), StandardCharsets.UTF_8));
    form.put("redirect_uri", Application.REDIRECT_URI);
    form.put("code_verifier", VERIFIER);
    return Request.form("/oauth2/token", form, "Authorization", Application.WEB.basic());
  }

  private void keepCookies(Answer answer) {
    for (String cookie : answer.all("Set-Cookie")) {
      String pair = cookie.split(";", 2)[0];
      int equals = pair.indexOf('=');
      cookies.put(pair.substring(0, equals), pair.substring(equals + 1));
    }
  }

  private String[] cookieHeader() {
    if (cookies.isEmpty()) {
      return new String[0];
    }
    StringBuilder value = new StringBuilder();
    cookies.forEach((name, content) ->
        value.append(value.isEmpty() ? "" : "; ").append(name).append('=').append(content));
    return new String[] {"Cookie", value.toString()};
  }

  private static Map<String, String> authorizationRequest() {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("response_type", "code");
    parameters.put("client_id", Application.WEB.clientId());
    parameters.put("redirect_uri", Application.REDIRECT_URI);
    parameters.put("scope", "openid profile email");
    parameters.put("state", "state-of-the-benchmark");
    parameters.put("nonce", "nonce-of-the-benchmark");
    parameters.put("code_challenge", Challenge.of(VERIFIER));
    parameters.put("code_challenge_method", "S256");
    return parameters;
  }
}
