package dev.gatewright.persistence.ledger;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A browser with its cookies. */
final class Visit {
  private static final Pattern CSRF = Pattern.compile("name=\"csrf_token\" value=\"([^\"]+)\"");
  private static final int ATTEMPTS = 3;

  private final Nodes nodes;
  private final Random random;
  private final Map<String, String> cookies = new LinkedHashMap<>();

  Visit(Nodes nodes, Random random) {
    this.nodes = nodes;
    this.random = random;
  }

  /** Reads, and reads again when no answer comes. */
  Reply get(String path) {
    Reply reply = send(Request.get(path));
    for (int i = 1; i < ATTEMPTS && !reply.acknowledged() && !reply.refused(); i++) {
      reply = send(Request.get(path));
    }
    return reply;
  }

  /** Posts a form once; with the field that proves that it comes from its page. */
  Reply post(String page, String path, Map<String, String> fields) {
    Matcher csrf = CSRF.matcher(get(page).body());
    if (!csrf.find()) {
      return Reply.unanswered(Outcome.UNSENT);
    }
    Map<String, String> all = new LinkedHashMap<>(fields);
    all.put("csrf_token", csrf.group(1));
    return send(Request.form(path, all));
  }

  private Reply send(Request request) {
    String sent =
        cookies.entrySet().stream()
            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
            .collect(Collectors.joining("; "));
    Reply reply = nodes.send(sent.isEmpty() ? request : request.with("Cookie", sent), random);
    for (String header : reply.headers().allValues("Set-Cookie")) {
      String[] pair = header.split(";", 2)[0].split("=", 2);
      cookies.put(pair[0], pair[1]);
    }
    return reply;
  }
}
