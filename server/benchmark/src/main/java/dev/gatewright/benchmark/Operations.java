package dev.gatewright.benchmark;

import dev.gatewright.benchmark.act.Application;
import dev.gatewright.benchmark.act.Asking;
import dev.gatewright.benchmark.act.LoggingIn;
import dev.gatewright.benchmark.act.Refreshing;
import dev.gatewright.benchmark.act.Revoking;
import dev.gatewright.benchmark.data.Population;
import dev.gatewright.benchmark.load.Conversation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;

/**
 * What is measured, by name: of each operation a conversation for every connection.
 *
 * @param users how many there are
 * @param accessTokens live ones, each of another grant
 * @param heads the live refresh token of each family, for every connection its own families
 */
record Operations(int users, List<String> accessTokens, List<List<String>> heads) {
  static final String CLIENT_CREDENTIALS_ES256 = "client-credentials-es256";
  static final String CLIENT_CREDENTIALS_RS256 = "client-credentials-rs256";
  static final String LOGIN = "login";

  /** Every operation that one kind of caller makes, in the order in which they are measured. */
  Map<String, List<Conversation>> all() {
    Map<String, List<Conversation>> all = new LinkedHashMap<>();
    all.put(
        CLIENT_CREDENTIALS_ES256,
        each(seed -> Asking.clientCredentials(Application.MACHINE_ES256)));
    all.put(
        CLIENT_CREDENTIALS_RS256,
        each(seed -> Asking.clientCredentials(Application.MACHINE_RS256)));
    all.put("introspection", each(seed -> Asking.introspection(accessTokens, seed)));
    all.put("userinfo", each(seed -> Asking.userinfo(accessTokens, seed)));
    all.put("refresh", each(connection -> new Refreshing(heads.get(connection))));
    all.put("revocation", each(seed -> new Revoking()));
    all.put(LOGIN, logins());
    all.put("jwks", each(seed -> Asking.document("/.well-known/jwks.json", "\"keys\"")));
    all.put(
        "discovery",
        each(seed -> Asking.document("/.well-known/openid-configuration", "\"issuer\"")));
    return all;
  }

  /** Users who log in, drawn at random. */
  List<Conversation> logins() {
    return each(seed -> {
      Random random = new Random(seed);
      return new LoggingIn(() -> Population.username(random, users));
    });
  }

  /** Machines that get tokens. */
  List<Conversation> machines() {
    return each(seed -> Asking.clientCredentials(Application.MACHINE_ES256));
  }

  private List<Conversation> each(IntFunction<Conversation> conversation) {
    List<Conversation> all = new ArrayList<>();
    for (int connection = 0; connection < heads.size(); connection++) {
      all.add(conversation.apply(connection));
    }
    return all;
  }
}
