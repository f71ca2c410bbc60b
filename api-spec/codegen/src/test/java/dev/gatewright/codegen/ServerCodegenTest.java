package dev.gatewright.codegen;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerCodegenTest {

  @TempDir static Path output;
  private static Toy toy;

  @BeforeAll
  static void generate() {
    toy = Toy.generated(ServerCodegen.NAME, output, Map.of());
  }

  @Test
  void tagBecomesAnInterface() throws IOException {
    has("TokenApi", "public interface TokenApi {");
  }

  @Test
  void formArrivesAsOneObject() throws IOException {
    has(
        "TokenApi",
        "@Post(\"/token\") @Consumes({ \"application/x-www-form-urlencoded\" })"
            + " @Secured(SecurityRule.IS_ANONYMOUS) HttpResponse<TokenResponse> issueToken( @Body"
            + " @Valid TokenRequest tokenRequest);");
    has(
        "TokenRequest",
        "@JsonProperty(\"grant_type\") @NotNull private @Nullable String grantType;");
    has("TokenRequest", "private @Nullable List<String> resource;");
  }

  @Test
  void everyScopeOfAnOperationIsRequired() throws IOException {
    has(
        "ThingsApi",
        "@Secured(SecurityRule.IS_AUTHENTICATED) @RequiredScopes({ \"things:read\","
            + " \"things:write\" }) HttpResponse<Thing> updateThing(");
  }

  @Test
  void deprecatedOperationCarriesItsDates() throws IOException {
    has(
        "ThingsApi",
        "@Deprecated @DeprecatedSince(value = \"2027-01-31\", sunset = \"2027-12-31\")"
            + " @Delete(\"/things/{thing_id}\")");
    hasNot("TokenApi", "@DeprecatedSince");
  }

  @Test
  void operationForOtherOriginsSaysSo() throws IOException {
    has(
        "ThingsApi",
        "@Produces(MediaType.ALL) @CrossOrigin @Secured(SecurityRule.IS_AUTHENTICATED)"
            + " HttpResponse<?> deleteThing(");
    hasNot("TokenApi", "@CrossOrigin");
  }

  @Test
  void operationWithoutScopesAsksForATokenOnly() throws IOException {
    has("ThingsApi", "@Secured(SecurityRule.IS_AUTHENTICATED) HttpResponse<?> deleteThing(");
  }

  @Test
  void operationIsOpenWithoutSecurityWithAnEmptyAlternativeAndWithClientAuthentication()
      throws IOException {
    has("AuthorizationApi", "@Secured(SecurityRule.IS_ANONYMOUS) HttpResponse<?> authorize(");
    has("TokenApi", "@Secured(SecurityRule.IS_ANONYMOUS) HttpResponse<TokenResponse> issueToken(");
    has("TokenApi", "@Secured(SecurityRule.IS_ANONYMOUS) HttpResponse<Claims> introspect(");
  }

  @Test
  void answerWithoutJsonIsFreeAndFitsWhateverTheCallerAccepts() throws IOException {
    has("AuthorizationApi", "@Get(\"/auth\") @Produces(MediaType.ALL)");
    has("ThingsApi", "@Delete(\"/things/{thing_id}\") @Produces(MediaType.ALL)");
  }

  @Test
  void answerInMoreThanJsonIsFreeToo() throws IOException {
    has(
        "ClaimsApi",
        "@Post(\"/claims\") @Consumes({ \"application/x-www-form-urlencoded\" })"
            + " @Produces(MediaType.ALL)");
    has(
        "ClaimsApi",
        "HttpResponse<?> getClaims( @Body @Valid @Nullable TokenRequest tokenRequest);");
  }

  @Test
  void parametersOfAnUnvalidatedOperationAreOptionalAndUnconstrained() throws IOException {
    has(
        "AuthorizationApi",
        "authorize( @QueryValue(\"client_id\") @Nullable String clientId,"
            + " @QueryValue(\"resource\") @Nullable List<String> resource);");
  }

  @Test
  void parametersAreValidatedAndHaveDefaults() throws IOException {
    has("ThingsApi", "@PathVariable(\"thing_id\") UUID thingId");
    has("ThingsApi", "@Header(\"If-None-Match\") @Nullable String ifNoneMatch");
    has("ThingsApi", "@Header(\"If-Match\") @Size(max = 20) @Nullable String ifMatch");
    has(
        "ThingsApi",
        "@QueryValue(value = \"limit\", defaultValue = \"50\") @Min(1L) @Max(200L) Integer limit");
  }

  @Test
  void secretsAreNotPrinted() throws IOException {
    has("TokenRequest", "\"grant_type=\" + grantType");
    has("TokenRequest", "\", client_secret=\" + (clientSecret == null ? null : \"***\")");
    has("TokenRequest", "\", code=\" + (code == null ? null : \"***\")");
    has("TokenRequest", "\", hint=\" + (hint == null ? null : \"***\")");
    has("TokenResponse", "\"access_token=\" + (accessToken == null ? null : \"***\")");
  }

  @Test
  void namedPropertiesStayBesideAdditionalOnes() throws IOException {
    has("Claims", "public class Claims {");
    has("Claims", "@JsonProperty(\"sub\")");
    has("Claims", "@JsonAnyGetter public Map<String, Object> getAdditionalProperties()");
    has("Claims", "@JsonAnySetter public void putAdditionalProperty(String name, Object value)");
    hasNot("TokenResponse", "additionalProperties");
  }

  @Test
  void dateTimeIsAnInstant() throws IOException {
    has("Thing", "import java.time.Instant;");
    has("Thing", "public Instant getCreatedAt()");
  }

  @Test
  void mergePatchKnowsWhichMembersItHas() throws IOException {
    has("ThingPatch", "public boolean has(String jsonName) { return present.contains(jsonName); }");
    has("ThingPatch", "this.givenName = givenName; present.add(\"given_name\"); }");
    hasNot("Thing", "present");
  }

  @Test
  void nullabilityIsDeclared() throws IOException {
    has("Thing", "public KindEnum getKind()");
    has("ThingPatch", "public @Nullable String getGivenName()");
  }

  @Test
  void requiredPropertiesCanBeGivenAtOnce() throws IOException {
    has("Thing", "public Thing(KindEnum kind, Instant createdAt)");
  }

  @Test
  void unknownValueOfAnEnumIsRefused() throws IOException {
    has("Thing", "ROUND_ONE(\"round_one\")");
    has("Thing", "throw new IllegalArgumentException(");
  }

  private static void has(String type, String text) throws IOException {
    String source = toy.source(type);
    assertTrue(source.contains(text), () -> "Not in " + type + ": " + text + "\n" + source);
  }

  private static void hasNot(String type, String text) throws IOException {
    assertFalse(toy.source(type).contains(text));
  }
}
