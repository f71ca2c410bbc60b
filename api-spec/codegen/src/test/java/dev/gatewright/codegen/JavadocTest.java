package dev.gatewright.codegen;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the contract says in Markdown is valid Javadoc. */
class JavadocTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Send it as `cursor`. | Send it as {@code cursor}.",
        "a < b & c > d        | a &lt; b &amp; c &gt; d",
        "`{id}` of @param     | {@code id} of &#64;param",
        "**Errors.** More     | Errors. More",
        "`users:*` and */     | {@code users:*} and *&#47;",
        "{@code taken}        | {@code taken}"
      })
  void markdownBecomesJavadoc(String markdown, String javadoc) {
    assertEquals(javadoc, Javadoc.of(markdown));
  }
}
