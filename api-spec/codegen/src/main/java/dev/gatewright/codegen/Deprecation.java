package dev.gatewright.codegen;

import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.StringSchema;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What every answer of a deprecated operation says: RFC 9745 and RFC 8594. */
final class Deprecation {

  /** On an operation: the day that it is deprecated from. */
  private static final String SINCE = "x-deprecated-since";

  /** On an operation: the day from which it may no longer answer. */
  private static final String SUNSET = "x-sunset";

  /** RFC 9110 §5.6.7: two digits for every day, which the JDK's RFC 1123 does not write. */
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH);

  private Deprecation() {}

  /** The headers as the contract states them; none of an operation without dates. */
  static Map<String, Header> headers(Map<String, Object> extensions) {
    Map<String, Header> headers = new LinkedHashMap<>();
    if (extensions != null && extensions.get(SINCE) instanceof String since) {
      headers.put(
          "Deprecation",
          header(
              "Since when this operation is deprecated, in seconds (RFC 9745 §2).",
              "@" + LocalDate.parse(since).atStartOfDay(ZoneOffset.UTC).toEpochSecond()));
      if (extensions.get(SUNSET) instanceof String sunset) {
        headers.put(
            "Sunset",
            header(
                "From when on this operation may no longer answer (RFC 8594 §3).",
                HTTP_DATE.format(LocalDate.parse(sunset).atStartOfDay(ZoneOffset.UTC))));
      }
    }
    return headers;
  }

  private static Header header(String description, String example) {
    Header header = new Header();
    header.setDescription(description);
    header.setRequired(true);
    header.setSchema(new StringSchema());
    header.setExample(example);
    return header;
  }
}
