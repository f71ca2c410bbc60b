package dev.gatewright.codegen;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SdkCodegenTest {

  @TempDir static Path output;
  private static Toy toy;

  @BeforeAll
  static void generate() {
    toy =
        Toy.generated(
            SdkCodegen.NAME,
            output,
            Map.of(
                "library",
                "native",
                "openApiNullable",
                "false",
                "useSingleRequestParameter",
                "true"));
  }

  @Test
  void formIsOneObjectSentByTheJdkAlone() throws IOException {
    String source = toy.source("TokenApi");
    assertTrue(source.contains("BodyPublishers.ofString(tokenRequest.toUrlQueryString())"), source);
    assertTrue(source.contains("\"Content-Type\", \"application/x-www-form-urlencoded\""), source);
    assertFalse(source.contains("org.apache"), source);
  }

  @Test
  void jsonIsSentAsJson() throws IOException {
    String source = toy.source("ThingsApi");
    assertTrue(source.contains("\"Content-Type\", \"application/merge-patch+json\""), source);
    assertTrue(source.contains("writeValueAsBytes(thingPatch)"), source);
  }

  @Test
  void secretsAreNotPrinted() throws IOException {
    assertTrue(toy.source("TokenRequest").contains("clientSecret: \").append(\"*\")"));
    assertTrue(toy.source("TokenRequest").contains("hint: \").append(\"*\")"));
    assertTrue(toy.source("TokenResponse").contains("accessToken: \").append(\"*\")"));
  }

  @Test
  void deprecatedOperationNamesItsDates() throws IOException {
    String source = toy.source("ThingsApi");
    assertTrue(
        source.contains("@deprecated since 2027-01-31; it may be gone from 2027-12-31 on"), source);
    assertTrue(source.contains("@Deprecated public void deleteThing("), source);
  }

  @Test
  void dateTimeIsAnInstant() throws IOException {
    assertTrue(toy.source("Thing").contains("Instant getCreatedAt()"));
  }

  /** It keeps nothing that a 304 could stand for. */
  @Test
  void conditionalReadingIsLeftToCaches() throws IOException {
    String source = toy.source("ThingsApi");
    assertTrue(
        source.contains("UUID thingId) throws ApiException { return getThing(thingId, null)"),
        source);
    assertFalse(source.contains("If-None-Match"), source);
    assertTrue(source.contains("If-Match"), source);
  }
}
