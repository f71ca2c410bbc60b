package dev.gatewright.userinfo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatewright.ClientBuilder;
import dev.gatewright.Http;
import dev.gatewright.TestClient;
import dev.gatewright.TestServer;
import dev.gatewright.TestUsers;
import dev.gatewright.Tokens;
import dev.gatewright.user.NewUser;
import dev.gatewright.user.Profile;
import dev.gatewright.user.Role;
import dev.gatewright.user.User;
import dev.gatewright.user.Users;
import dev.gatewright.user.Verified;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Which claims a scope stands for (OpenID Connect Core §5.1, §5.4). */
class ScopeClaimsTest {
  private static TestServer server;
  private static TestClient client;
  private static User user;

  @BeforeAll
  static void start() {
    server = TestServer.start();
    client = ClientBuilder.web(server).register();
    user = new TestUsers(server).openUser();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** §5.3.2: {@code sub} always, and nothing that was not asked for. */
  @Test
  void openidAloneTellsTheSubject() {
    assertEquals("{\"sub\":\"" + user.id() + "\"}", userInfo("openid", user).toString());
  }

  /** oidcc-scope-profile. */
  @Test
  void profileTellsWhoTheUserIs() {
    JsonNode claims = userInfo("openid profile", user);

    assertEquals(
        Set.of(
            "sub",
            "name",
            "family_name",
            "given_name",
            "middle_name",
            "nickname",
            "preferred_username",
            "profile",
            "picture",
            "website",
            "gender",
            "birthdate",
            "zoneinfo",
            "locale",
            "updated_at"),
        names(claims));
    assertEquals("Ada Lovelace", claims.get("name").asText());
    assertEquals("Ada", claims.get("given_name").asText());
    assertEquals("Lovelace", claims.get("family_name").asText());
    assertEquals("King", claims.get("middle_name").asText());
    assertEquals("Augusta", claims.get("nickname").asText());
    assertEquals(user.username(), claims.get("preferred_username").asText());
    assertEquals("https://people.example/ada", claims.get("profile").asText());
    assertEquals("https://people.example/ada.jpg", claims.get("picture").asText());
    assertEquals("https://ada.example", claims.get("website").asText());
    assertEquals("female", claims.get("gender").asText());
    assertEquals("1815-12-10", claims.get("birthdate").asText());
    assertEquals("Europe/London", claims.get("zoneinfo").asText());
    assertEquals("en-GB", claims.get("locale").asText());
    assertTrue(claims.get("updated_at").isIntegralNumber());
    assertEquals(user.updatedAt().getEpochSecond(), claims.get("updated_at").asLong());
  }

  /** oidcc-scope-email. */
  @Test
  void emailTellsTheEmailAndWhetherItIsVerified() {
    JsonNode claims = userInfo("openid email", user);

    assertEquals(Set.of("sub", "email", "email_verified"), names(claims));
    assertEquals(user.email(), claims.get("email").asText());
    assertTrue(claims.get("email_verified").isBoolean());
    assertTrue(claims.get("email_verified").asBoolean());
  }

  /** oidcc-scope-address; §5.1.1: a JSON object. */
  @Test
  void addressTellsTheAddressAsAnObject() {
    JsonNode claims = userInfo("openid address", user);

    assertEquals(Set.of("sub", "address"), names(claims));
    JsonNode address = claims.get("address");
    assertEquals(
        Set.of("formatted", "street_address", "locality", "region", "postal_code", "country"),
        names(address));
    assertEquals("12 St James's Square\nLondon SW1Y 4JH", address.get("formatted").asText());
    assertEquals("12 St James's Square", address.get("street_address").asText());
    assertEquals("London", address.get("locality").asText());
    assertEquals("England", address.get("region").asText());
    assertEquals("SW1Y 4JH", address.get("postal_code").asText());
    assertEquals("United Kingdom", address.get("country").asText());
  }

  /** oidcc-scope-phone. */
  @Test
  void phoneTellsTheNumberAndWhetherItIsVerified() {
    JsonNode claims = userInfo("openid phone", user);

    assertEquals(Set.of("sub", "phone_number", "phone_number_verified"), names(claims));
    assertEquals("+442071838750", claims.get("phone_number").asText());
    assertTrue(claims.get("phone_number_verified").isBoolean());
    assertTrue(claims.get("phone_number_verified").asBoolean());
  }

  /** oidcc-scope-all. */
  @Test
  void allScopesTellEverything() {
    Set<String> claims = names(userInfo("openid profile email address phone", user));

    assertEquals(20, claims.size(), claims.toString());
  }

  /** §5.3.2: what a user has not said is left out, neither null nor empty. */
  @Test
  void whatTheUserHasNotSaidIsAbsent() {
    Profile profile = new Profile(TestUsers.freshName(), null, null, null, null);
    User silent =
        server
            .bean(Users.class)
            .create(new NewUser(profile, TestUsers.PASSWORD), Role.USER, new Verified(true, true));

    assertEquals(
        Set.of("sub", "preferred_username", "updated_at"),
        names(userInfo("openid profile email address phone", silent)));
  }

  /** §5.4: by the code flow they are at userinfo, not in the ID token. */
  @Test
  void scopesPutNothingInTheIdToken() {
    Tokens tokens = client.flow().with("scope", "openid profile email address phone").tokens(user);
    JsonNode idToken = Tokens.claims(tokens.id());

    assertFalse(idToken.has("name") || idToken.has("email") || idToken.has("address"));
    assertFalse(idToken.has("phone_number") || idToken.has("preferred_username"));
  }

  /** oidcc-claims-locales, §5.2: a wish that this server cannot grant is none that it refuses. */
  @Test
  void claimsLocalesChangeNothing() {
    Tokens tokens =
        client
            .flow()
            .with("scope", "openid profile")
            .with("claims_locales", "se fr-CA")
            .tokens(user);

    assertEquals("Ada Lovelace", userInfo(tokens).get("name").asText());
  }

  /** RFC 6749 §6: a token that was narrowed tells less. */
  @Test
  void narrowedTokenTellsLess() {
    Tokens tokens = client.flow().with("scope", "openid email phone offline_access").tokens(user);
    Tokens narrow =
        Tokens.of(
            client.token(
                java.util.Map.of(
                    "grant_type",
                    "refresh_token",
                    "refresh_token",
                    tokens.refresh(),
                    "scope",
                    "openid phone")));

    assertEquals(Set.of("sub", "phone_number", "phone_number_verified"), names(userInfo(narrow)));
  }

  private static JsonNode userInfo(String scope, User of) {
    return userInfo(client.flow().with("scope", scope).tokens(of));
  }

  private static JsonNode userInfo(Tokens tokens) {
    return Http.body(
        200,
        new Http(server).get("/oauth2/userinfo", "Authorization", "Bearer " + tokens.access()));
  }

  private static Set<String> names(JsonNode object) {
    Set<String> names = new TreeSet<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
