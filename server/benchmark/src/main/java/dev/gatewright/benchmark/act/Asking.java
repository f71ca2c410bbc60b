package dev.gatewright.benchmark.act;

import dev.gatewright.benchmark.load.Answer;
import dev.gatewright.benchmark.load.Conversation;
import dev.gatewright.benchmark.load.Request;
import dev.gatewright.benchmark.load.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Acts of one request, each drawn at random from a list, that are answered by 200 and a certain
 * text.
 */
public final class Asking implements Conversation {
  private final List<Request> requests;
  private final String expected;
  private final Random random;

  private Asking(List<Request> requests, String expected, long seed) {
    this.requests = requests;
    this.expected = expected;
    this.random = new Random(seed);
  }

  /** Tokens for a client itself (RFC 6749 §4.4). */
  public static Conversation clientCredentials(Application client) {
    return new Asking(
        List.of(
            Request.form(
                "/oauth2/token",
                Map.of("grant_type", "client_credentials"),
                "Authorization",
                client.basic())),
        "\"access_token\"",
        0);
  }

  /** Introspection (RFC 7662) of live access tokens. */
  public static Conversation introspection(List<String> accessTokens, long seed) {
    return new Asking(
        accessTokens.stream()
            .map(token ->
                Request.form(
                    "/oauth2/introspect",
                    Map.of("token", token),
                    "Authorization",
                    Application.RESOURCE_SERVER.basic()))
            .toList(),
        "\"active\":true",
        seed);
  }

  /** Claims of the users of live access tokens (OpenID Connect Core §5.3). */
  public static Conversation userinfo(List<String> accessTokens, long seed) {
    return new Asking(
        accessTokens.stream()
            .map(token -> Request.get("/oauth2/userinfo", "Authorization", "Bearer " + token))
            .toList(),
        "\"sub\"",
        seed);
  }

  /** A GET that everyone may make. */
  public static Conversation document(String path, String expected) {
    return new Asking(List.of(Request.get(path)), expected, 0);
  }

  /** A POST as long as a token request, to a server that does one thing. */
  public static Conversation ceiling(String path) {
    return new Asking(
        List.of(
            Request.form(
                path,
                Map.of("grant_type", "client_credentials"),
                "Authorization",
                Application.MACHINE_ES256.basic())),
        "\"access_token\"",
        0);
  }

  @Override
  public Request next() {
    return requests.size() == 1
        ? requests.getFirst()
        : requests.get(random.nextInt(requests.size()));
  }

  @Override
  public Verdict answered(Answer answer) {
    return answer.status() == 200 && answer.contains(expected) ? Verdict.DONE : Verdict.FAILED;
  }
}
