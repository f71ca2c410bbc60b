package dev.gatewright.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What waits while a person logs in or signs up. Every link and form of the page carries it along.
 */
public sealed interface Pending permits PendingRequest, PendingDevice {
  /** The parameters that name it, in their order. */
  Map<String, String> parameters();

  /** The path with these parameters in its query, percent-encoded. */
  default String link(String path) {
    return parameters().entrySet().stream()
        .map(parameter -> parameter.getKey() + "=" + URLEncoder.encode(parameter.getValue(), UTF_8))
        .collect(Collectors.joining("&", path + "?", ""));
  }
}
