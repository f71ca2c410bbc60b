package dev.gatewright.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatewright.api.model.ClientPatch;
import dev.gatewright.api.model.TokenRequest;
import dev.gatewright.api.model.TokenResponse;
import dev.gatewright.api.model.User;
import dev.gatewright.api.model.UserInfo;
import dev.gatewright.api.model.UserPage;
import dev.gatewright.api.model.UserPatch;
import io.micronaut.serde.ObjectMapper;
import io.micronaut.serde.exceptions.SerdeException;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What the generated models do with JSON, as the server's own mapper reads and writes it. */
class GeneratedModelsTest {
  private final ObjectMapper json = ObjectMapper.getDefault();

  /** RFC 7396 §1. */
  @Test
  void absentMemberOfAPatchDiffersFromANullOne() throws IOException {
    UserPatch patch = json.readValue("{\"name\": null, \"given_name\": \"Ada\"}", UserPatch.class);

    assertTrue(patch.has("name"));
    assertNull(patch.getName());
    assertTrue(patch.has("given_name"));
    assertEquals("Ada", patch.getGivenName());
    assertFalse(patch.has("family_name"));
  }

  /** RFC 7396 §1. */
  @Test
  void nullListAndNullEnumOfAPatchAreThere() throws IOException {
    ClientPatch patch =
        json.readValue(
            "{\"redirect_uris\": null, \"application_type\": null, \"grant_types\": []}",
            ClientPatch.class);

    assertTrue(patch.has("redirect_uris"));
    assertNull(patch.getRedirectUris());
    assertTrue(patch.has("application_type"));
    assertNull(patch.getApplicationType());
    assertEquals(List.of(), patch.getGrantTypes());
    assertFalse(patch.has("scope"));
    assertFalse(patch.has("require_pkce"));
    assertFalse(patch.has("access_token_lifetime"));
  }

  /** OpenID Connect Core §5.1: further claims stand beside the standard ones. */
  @Test
  void namedMembersStandBesideAdditionalOnes() throws IOException {
    UserInfo claims = new UserInfo("ada").email("ada@example.org");
    claims.putAdditionalProperty("favourites", List.of("tea"));

    Map<?, ?> written = json.readValue(json.writeValueAsString(claims), Map.class);
    UserInfo read = json.readValue(json.writeValueAsString(claims), UserInfo.class);

    assertEquals(
        Map.of("sub", "ada", "email", "ada@example.org", "favourites", List.of("tea")), written);
    assertEquals("ada", read.getSub());
    assertEquals(Map.of("favourites", List.of("tea")), read.getAdditionalProperties());
  }

  @Test
  void emptyListIsWritten() throws IOException {
    assertEquals("{\"items\":[]}", json.writeValueAsString(new UserPage(List.of())));
  }

  @Test
  void unknownValueOfAnEnumIsAnErrorOfTheCaller() {
    assertThrows(
        SerdeException.class,
        () -> json.readValue("{\"application_type\": \"toaster\"}", ClientPatch.class));
  }

  @Test
  void timesAreWrittenAsRfc3339() throws IOException {
    User user =
        new User().id(UUID.randomUUID()).createdAt(Instant.parse("2026-01-01T00:00:00.123456Z"));

    assertTrue(
        json.writeValueAsString(user).contains("\"created_at\":\"2026-01-01T00:00:00.123456Z\""));
  }

  @Test
  void secretsAreNotPrinted() {
    TokenRequest request =
        new TokenRequest().code("c0de").clientSecret("s3cret").grantType("authorization_code");
    TokenResponse response =
        new TokenResponse().accessToken("t0ken").refreshToken("t0ken").tokenType("Bearer");

    assertFalse(
        request.toString().contains("c0de") || request.toString().contains("s3cret"),
        request::toString);
    assertTrue(request.toString().contains("authorization_code"), request::toString);
    assertFalse(response.toString().contains("t0ken"), response::toString);
  }
}
