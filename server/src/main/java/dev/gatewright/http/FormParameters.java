package dev.gatewright.http;

import io.micronaut.http.HttpRequest;
import java.util.List;
import java.util.Map;

/**
 * The parameters of a form as they were sent, repetitions included; {@link FormHygiene} reads them.
 */
public final class FormParameters {
  private static final String ATTRIBUTE = "gatewright.form";

  private FormParameters() {}

  /** Every parameter with its values in order; empty when the request has no form. */
  @SuppressWarnings("unchecked") // set only below
  public static Map<String, List<String>> of(HttpRequest<?> request) {
    return request
        .getAttribute(ATTRIBUTE, Map.class)
        .map(form -> (Map<String, List<String>>) form)
        .orElse(Map.of());
  }

  /**
   * The values of a parameter that may be repeated, in order; empty ones count as absent (RFC 6749
   * §3.2). As they were sent: a value may hold a comma, at which binding would split it.
   */
  public static List<String> values(HttpRequest<?> request, String name) {
    return of(request).getOrDefault(name, List.of()).stream()
        .filter(value -> !value.isEmpty())
        .toList();
  }

  static void set(HttpRequest<?> request, Map<String, List<String>> form) {
    request.setAttribute(ATTRIBUTE, form);
  }
}
