package dev.gatewright.benchmark.act;

import dev.gatewright.benchmark.load.Answer;
import dev.gatewright.benchmark.load.Conversation;
import dev.gatewright.benchmark.load.Request;
import dev.gatewright.benchmark.load.Verdict;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An access token is got and revoked (RFC 7009): two requests, for none is revoked twice. */
public final class Revoking implements Conversation {
  private static final Application CLIENT = Application.MACHINE_ES256;
  private static final Request TOKEN =
      Request.form(
          "/oauth2/token",
          Map.of("grant_type", "client_credentials"),
          "Authorization",
          CLIENT.basic());

  private @Nullable String accessToken;

  @Override
  public Request next() {
    return accessToken == null
        ? TOKEN
        : Request.form(
            "/oauth2/revoke", Map.of("token", accessToken), "Authorization", CLIENT.basic());
  }

  @Override
  public Verdict answered(Answer answer) {
    if (accessToken == null) {
      accessToken = answer.text("access_token");
      return accessToken == null ? Verdict.FAILED : Verdict.GO_ON;
    }
    accessToken = null;
    return answer.status() == 200 ? Verdict.DONE : Verdict.FAILED;
  }

  @Override
  public void abandoned() {
    accessToken = null;
  }
}
