package dev.gatewright.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatewright.Http;
import dev.gatewright.TestServer;
import dev.gatewright.TestUsers;
import dev.gatewright.user.User;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The standard claims as fields of the account at {@code /api/user} (OpenID Connect Core §5.1). */
class ProfileTest {
  private static TestServer server;
  private static TestUsers testUsers;
  private static Http http;

  @BeforeAll
  static void start() {
    server = TestServer.start();
    testUsers = new TestUsers(server);
    http = new Http(server);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void everyFieldIsKeptAndRead() {
    String bearer = testUsers.bearer(testUsers.user());
    String everything =
        """
        {"name":"Ada Lovelace","given_name":"Ada","family_name":"Lovelace","middle_name":"King",
         "nickname":"Augusta","profile":"https://people.example/ada?tab=1#top",
         "picture":"http://people.example/ada.jpg","website":"https://ada.example","gender":"female",
         "birthdate":"1815-12-10","zoneinfo":"Europe/London","locale":"en-GB",
         "phone_number":"+442071838750","address":{"formatted":"12 St James's Square\\r\\nLondon",
         "street_address":"12 St James's Square","locality":"London","region":"England",
         "postal_code":"SW1Y 4JH","country":"United Kingdom"}}
        """;
    JsonNode changed = Http.body(200, patch(bearer, everything));

    JsonNode sent = Http.json(everything);
    sent.fieldNames()
        .forEachRemaining(name -> assertEquals(sent.get(name), changed.get(name), name));
    assertFalse(changed.get("phone_number_verified").asBoolean());
    assertEquals(changed, read(bearer));
  }

  /** RFC 7396: an absent member stays, null clears. */
  @Test
  void patchLeavesWhatItDoesNotName() {
    User user = testUsers.openUser();
    String bearer = testUsers.bearer(user);
    ObjectNode before = (ObjectNode) read(bearer);

    JsonNode after = Http.body(200, patch(bearer, "{\"nickname\":null,\"gender\":\"neither\"}"));
    before.remove("nickname");
    before.put("gender", "neither");
    before.set("updated_at", after.get("updated_at"));
    assertEquals(before, after);
  }

  /** RFC 7396 §2: an object in a patch is merged member by member. */
  @Test
  void addressIsMergedMemberByMember() {
    String bearer = testUsers.bearer(testUsers.openUser());

    JsonNode moved =
        Http.body(200, patch(bearer, "{\"address\":{\"locality\":\"Bath\",\"formatted\":null}}"));
    JsonNode address = moved.get("address");
    assertEquals("Bath", address.get("locality").asText());
    assertEquals("12 St James's Square", address.get("street_address").asText());
    assertFalse(address.has("formatted"));
    assertEquals(address, Http.body(200, patch(bearer, "{\"address\":{}}")).get("address"));
  }

  @Test
  void addressIsClearedByNullOrByClearingEachPart() {
    String bearer = testUsers.bearer(testUsers.openUser());
    assertFalse(Http.body(200, patch(bearer, "{\"address\":null}")).has("address"));
    assertFalse(read(bearer).has("address"));

    JsonNode city = Http.body(200, patch(bearer, "{\"address\":{\"locality\":\"Bath\"}}"));
    assertEquals("{\"locality\":\"Bath\"}", city.get("address").toString());
    assertFalse(Http.body(200, patch(bearer, "{\"address\":{\"locality\":null}}")).has("address"));
  }

  /** What is verified is this number and this address, and no other. */
  @Test
  void changedEmailAndPhoneNumberAreUnverified() {
    String bearer = testUsers.bearer(testUsers.openUser());
    JsonNode before = read(bearer);
    assertTrue(before.get("email_verified").asBoolean());
    assertTrue(before.get("phone_number_verified").asBoolean());

    JsonNode same =
        Http.body(200, patch(bearer, "{\"phone_number\":\"+442071838750\",\"name\":\"A\"}"));
    assertTrue(same.get("phone_number_verified").asBoolean());
    assertTrue(same.get("email_verified").asBoolean());

    JsonNode other = Http.body(200, patch(bearer, "{\"phone_number\":\"+33142685300\"}"));
    assertFalse(other.get("phone_number_verified").asBoolean());
    assertTrue(other.get("email_verified").asBoolean());
    JsonNode back = Http.body(200, patch(bearer, "{\"phone_number\":\"+442071838750\"}"));
    assertFalse(back.get("phone_number_verified").asBoolean());
    String email = TestUsers.freshName() + "@example.org";
    JsonNode moved = Http.body(200, patch(bearer, "{\"email\":\"" + email + "\"}"));
    assertFalse(moved.get("email_verified").asBoolean());
  }

  @Test
  void nobodyVerifiesTheirOwnPhoneNumber() {
    String bearer = testUsers.bearer(testUsers.user());
    JsonNode after =
        Http.body(
            200,
            patch(bearer, "{\"phone_number\":\"+33142685300\",\"phone_number_verified\":true}"));

    assertFalse(after.get("phone_number_verified").asBoolean());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "middle_name|x",
        "nickname|张伟",
        "profile|https://people.example:8443/~ada",
        "website|http://xn--bcher-kva.example/?q=a%20b",
        "gender|男",
        "birthdate|1815",
        "birthdate|0000-02-29",
        "birthdate|2024-02-29",
        "zoneinfo|America/Argentina/Buenos_Aires",
        "zoneinfo|UTC",
        "locale|en",
        "locale|zh-Hant-TW",
        "locale|de-CH-1901",
        "locale|x-whatever",
        "phone_number|+12025550100",
        "phone_number|+999999999999999"
      })
  void whatTheStandardAllowsIsAccepted(String field, String value) {
    String bearer = testUsers.bearer(testUsers.user());
    String body = "{\"%s\":\"%s\"}".formatted(field, value);

    assertEquals(value, Http.body(200, patch(bearer, body)).get(field).asText());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "middle_name|' '",
        "nickname|''",
        "nickname|'a\\u0000b'",
        "nickname|'a\\u202Eb'",
        "profile|javascript:alert(1)",
        "profile|data:text/html,x",
        "profile|//people.example/ada",
        "profile|people.example",
        "picture|https://",
        "picture|ftp://people.example/ada.jpg",
        "picture|https://a:b@people.example/",
        "website|https://people.example/a b",
        "website|'https://people.example/\\\"onload'",
        "website|https://people.example/<script>",
        "gender|'\\n'",
        "birthdate|1815-12",
        "birthdate|1815-13-01",
        "birthdate|2023-02-29",
        "birthdate|10.12.1815",
        "birthdate|0000",
        "birthdate|-1815",
        "birthdate|1815-12-10T00",
        "zoneinfo|Europe/Atlantis",
        "zoneinfo|+01:00",
        "zoneinfo|europe/london",
        "locale|en_GB",
        "locale|english-language-tag",
        "locale|''",
        "locale|e",
        "phone_number|0207 183 8750",
        "phone_number|442071838750",
        "phone_number|+44 20 7183 8750",
        "phone_number|+0123456789",
        "phone_number|+1234567890123456",
        "phone_number|+44٢٠٧١٨٣٨٧٥٠"
      })
  void whatTheStandardDoesNotAllowIsRefusedByItsField(String field, String value) {
    String bearer = testUsers.bearer(testUsers.user());
    String body = "{\"%s\":\"%s\"}".formatted(field, value);

    assertEquals(field, onlyErrorField(patch(bearer, body)));
  }

  @ParameterizedTest
  @CsvSource({
    "formatted, 1001",
    "street_address, 1001",
    "locality, 201",
    "region, 201",
    "postal_code, 201",
    "country, 201"
  })
  void partOfAnAddressThatIsTooLongIsNamed(String part, int length) {
    String bearer = testUsers.bearer(testUsers.user());
    String body = "{\"address\":{\"%s\":\"%s\"}}".formatted(part, "x".repeat(length));

    assertEquals("address." + part, onlyErrorField(patch(bearer, body)));
  }

  @ParameterizedTest
  @CsvSource({
    "middle_name, 101",
    "nickname, 101",
    "profile, 2001",
    "picture, 2001",
    "website, 2001",
    "gender, 51",
    "birthdate, 11",
    "zoneinfo, 51",
    "locale, 36",
    "phone_number, 17"
  })
  void fieldThatIsTooLongIsNamed(String field, int length) {
    String bearer = testUsers.bearer(testUsers.user());
    String value = (length > 2000 ? "https://people.example/" : "") + "x".repeat(length);

    assertEquals(field, onlyErrorField(patch(bearer, "{\"%s\":\"%s\"}".formatted(field, value))));
  }

  @Test
  void lineBreaksAreForAddressesOnly() {
    String bearer = testUsers.bearer(testUsers.user());

    assertEquals(
        "a\nb",
        Http.body(200, patch(bearer, "{\"address\":{\"street_address\":\"a\\nb\"}}"))
            .at("/address/street_address")
            .asText());
    assertEquals(
        "address.locality",
        onlyErrorField(patch(bearer, "{\"address\":{\"locality\":\"a\\nb\"}}")));
    assertEquals(
        "address.formatted",
        onlyErrorField(patch(bearer, "{\"address\":{\"formatted\":\"a\\rb\"}}")));
    assertEquals(
        "address.formatted",
        onlyErrorField(patch(bearer, "{\"address\":{\"formatted\":\"\\n\"}}")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"address\":\"London\"}",
        "{\"address\":[]}",
        "{\"address\":{\"locality\":{}}}",
        "{\"birthdate\":{\"year\":1815}}"
      })
  void valueOfAnotherTypeIsABadRequest(String body) {
    Http.body(400, patch(testUsers.bearer(testUsers.user()), body));
  }

  @Test
  void everyMistakeIsNamedAtOnce() {
    String bearer = testUsers.bearer(testUsers.user());
    JsonNode problem =
        Http.body(
            400,
            patch(
                bearer, "{\"birthdate\":\"x\",\"locale\":\"_\",\"address\":{\"country\":\" \"}}"));

    assertEquals(3, problem.get("errors").size());
    assertFalse(problem.toString().contains("java"), problem.toString());
  }

  private static JsonNode read(String bearer) {
    return Http.body(200, http.get("/api/user", "Authorization", bearer));
  }

  private static HttpResponse<String> patch(String bearer, String body) {
    return http.json("PATCH", "/api/user", body, "Authorization", bearer);
  }

  private static String onlyErrorField(HttpResponse<String> response) {
    JsonNode errors = Http.body(400, response).path("errors");
    assertEquals(1, errors.size(), response.body());
    return errors.get(0).get("field").asText();
  }
}
