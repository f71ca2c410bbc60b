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
            SdkCodegen.NAME, output, Map.of("library", "native", "openApiNullable", "false"));
  }

  @Test
  void formIsOneObject() throws IOException {
    String source = toy.source("TokenApi");
    assertTrue(source.contains("issueToken(TokenRequest tokenRequest)"), source);
    assertTrue(
        source.contains(".body(\"application/x-www-form-urlencoded\", tokenRequest)"), source);
  }

  @Test
  void jsonIsSentAsJson() throws IOException {
    String source = toy.source("ThingsApi");
    assertTrue(source.contains(".body(\"application/merge-patch+json\", thingPatch)"), source);
  }

  @Test
  void secretsAreNotPrinted() throws IOException {
    assertTrue(toy.source("TokenRequest").contains("\"clientSecret=\" + \"***\""));
    assertTrue(toy.source("TokenRequest").contains("\"hint=\" + \"***\""));
    assertTrue(toy.source("TokenResponse").contains("\"accessToken=\" + \"***\""));
    assertTrue(toy.source("TokenResponse").contains("\"expiresIn=\" + expiresIn"));
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
    assertTrue(toy.source("Thing").contains("public Instant createdAt()"));
  }

  /** It keeps nothing that a 304 could stand for. */
  @Test
  void conditionalReadingIsLeftToCaches() throws IOException {
    String source = toy.source("ThingsApi");
    assertTrue(source.contains("public Thing getThing(UUID thingId) {"), source);
    assertFalse(source.contains("If-None-Match"), source);
    assertTrue(source.contains("If-Match"), source);
  }

  @Test
  void everyOperationIsThereSynchronouslyAsynchronouslyAndAsACall() throws IOException {
    String source = toy.source("ThingsApi");
    assertTrue(source.contains("public void deleteThing(UUID thingId) {"), source);
    assertTrue(
        source.contains("public CompletableFuture<@Nullable Void> deleteThingAsync(UUID thingId)"),
        source);
    assertTrue(
        source.contains("public Call<@Nullable Void> deleteThingCall(UUID thingId)"), source);
    assertTrue(toy.source("Operations").contains("public final ThingsApi things()"));
  }

  @Test
  void callKnowsWhatTheContractAsksOfTheCaller() throws IOException {
    assertTrue(toy.source("TokenApi").contains(".security(Security.CLIENT)"));
    assertTrue(toy.source("ThingsApi").contains(".security(Security.BEARER)"));
    assertTrue(toy.source("AuthorizationApi").contains(".security(Security.NONE)"));
  }

  @Test
  void severalOptionalParametersAreGrouped() throws IOException {
    String source = toy.source("ThingsApi");
    assertTrue(source.contains("updateThing(UUID thingId, ThingPatch thingPatch) {"), source);
    assertTrue(
        source.contains(
            "updateThing(UUID thingId, ThingPatch thingPatch, UpdateThingParameters parameters) {"),
        source);
    assertTrue(source.contains("public Builder ifMatch(@Nullable String ifMatch)"), source);
  }

  @Test
  void redirectIsAnAnswer() throws IOException {
    String source = toy.source("AuthorizationApi");
    assertTrue(source.contains("public Answer<@Nullable Void> authorize(String clientId)"), source);
    assertTrue(source.contains(".redirects()"), source);
  }

  /** RFC 7396: what is absent stays, what is null is cleared. */
  @Test
  void mergePatchTellsNullFromAbsent() throws IOException {
    String source = toy.source("ThingPatch");
    assertTrue(source.contains("members.put(\"given_name\", givenName)"), source);
    assertTrue(
        source.contains("@JsonValue public Map<String, @Nullable Object> members()"), source);
  }

  @Test
  void unknownValueOfAnEnumerationIsReadAsSuch() throws IOException {
    String source = toy.source("Thing");
    assertTrue(source.contains("ROUND_ONE(\"round_one\")"), source);
    assertTrue(source.contains("return UNKNOWN;"), source);
  }

  @Test
  void membersThatTheContractDoesNotNameAreKept() throws IOException {
    String source = toy.source("Claims");
    assertTrue(source.contains("public Builder furtherMember(String name, Object value)"), source);
  }
}
