package dev.gatewright.benchmark.act;

import dev.gatewright.benchmark.load.Answer;
import dev.gatewright.benchmark.load.Conversation;
import dev.gatewright.benchmark.load.Request;
import dev.gatewright.benchmark.load.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Refreshes with rotation (RFC 6749 §6): one token family after the other, and of each the refresh
 * token that it was last answered with. No family is shared by two connections, for each of its
 * tokens works once.
 */
public final class Refreshing implements Conversation {
  private final List<String> heads;
  private final @Nullable List<String> accessTokens;
  private int at;

  /**
   * Goes round the families, for ever.
   *
   * @param heads the refresh token of each family that is good now; kept up to date here
   */
  public Refreshing(List<String> heads) {
    this(heads, null);
  }

  private Refreshing(List<String> heads, @Nullable List<String> accessTokens) {
    this.heads = heads;
    this.accessTokens = accessTokens;
  }

  /** Uses each family once, and keeps the access tokens. */
  public static Refreshing once(List<String> heads, List<String> accessTokens) {
    return new Refreshing(heads, accessTokens);
  }

  @Override
  public boolean hasNext() {
    return accessTokens == null ? !heads.isEmpty() : at < heads.size();
  }

  @Override
  public Request next() {
    return Request.form(
        "/oauth2/token",
        Map.of("grant_type", "refresh_token", "refresh_token", heads.get(at)),
        "Authorization",
        Application.WEB.basic());
  }

  @Override
  public Verdict answered(Answer answer) {
    @Nullable String successor = answer.text("refresh_token");
    @Nullable String accessToken = answer.text("access_token");
    if (answer.status() != 200 || successor == null || accessToken == null) {
      // shed, and so not used: the same token goes on; refused: the family has ended
      if (answer.status() == 400) {
        abandoned();
      }
      return Verdict.FAILED;
    }
    heads.set(at, successor);
    if (accessTokens != null) {
      accessTokens.add(accessToken);
    }
    forward();
    return Verdict.DONE;
  }

  /** Whether the token was used nobody knows, so its family is left alone. */
  @Override
  public void abandoned() {
    heads.remove(at);
    at--;
    forward();
  }

  private void forward() {
    at++;
    if (accessTokens == null && at >= heads.size()) {
      at = 0;
    }
  }

  /** Splits families among so many connections. */
  public static List<List<String>> shares(List<String> heads, int connections) {
    List<List<String>> shares = new ArrayList<>();
    for (int share = 0; share < connections; share++) {
      List<String> own = new ArrayList<>();
      for (int i = share; i < heads.size(); i += connections) {
        own.add(heads.get(i));
      }
      shares.add(own);
    }
    return shares;
  }
}
