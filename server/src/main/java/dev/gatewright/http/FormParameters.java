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

  static void set(HttpRequest<?> request, Map<String, List<String>> form) {
    request.setAttribute(ATTRIBUTE, form);
  }
}
