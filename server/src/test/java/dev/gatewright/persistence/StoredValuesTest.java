package dev.gatewright.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatewright.TestDatabase;
import dev.gatewright.TestUsers;
import dev.gatewright.audit.Act;
import dev.gatewright.audit.AuditEvent;
import dev.gatewright.client.Client;
import dev.gatewright.client.ClientMetadata;
import dev.gatewright.client.ClientRegistrations;
import dev.gatewright.client.Clients;
import dev.gatewright.client.TestClients;
import dev.gatewright.crypto.Ids;
import dev.gatewright.grant.AccessGrant;
import dev.gatewright.grant.Consents;
import dev.gatewright.grant.Grants;
import dev.gatewright.grant.IndividualClaims;
import dev.gatewright.http.ProblemException;
import dev.gatewright.http.ProblemType;
import dev.gatewright.oauth.Scopes;
import dev.gatewright.oauth.StandardClaim;
import dev.gatewright.resource.ProtectedResource;
import dev.gatewright.resource.ResourceMetadata;
import dev.gatewright.resource.ResourceRegistrations;
import dev.gatewright.resource.ResourceScope;
import dev.gatewright.resource.Resources;
import dev.gatewright.user.Address;
import dev.gatewright.user.NewUser;
import dev.gatewright.user.Profile;
import dev.gatewright.user.ProfileDetails;
import dev.gatewright.user.Role;
import dev.gatewright.user.User;
import dev.gatewright.user.Users;
import dev.gatewright.user.Verified;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written is read back as it was, and what is different stays different. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class StoredValuesTest {
  private final Node node;
  private final Users users;
  private final Grants grants;
  private final ClientRegistrations clients;
  private final ResourceRegistrations resources;

  StoredValuesTest(TestDatabase kind) {
    node = Node.shared(kind);
    users = node.bean(Users.class);
    grants = node.bean(Grants.class);
    clients = node.bean(ClientRegistrations.class);
    resources = node.bean(ResourceRegistrations.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-01-31T23:59:59.999999Z",
        "2027-03-28T01:30:00.000001Z", // an hour that clocks skip in Berlin
        "2027-10-31T00:30:00.100000Z", // an hour that they repeat
        "2028-02-29T12:00:00Z",
        "2099-12-31T23:54:59.123456Z"
      })
  void timesAreUtcAndExactToTheMicrosecond(String time) {
    UUID jti = Ids.next();
    Instant expires = Instant.parse(time);
    grants.revokeToken(
        jti,
        expires.minus(5, ChronoUnit.MINUTES),
        AuditEvent.success(Act.TOKEN_REVOKED)); // which is kept 5 minutes longer

    String stored =
        node.database()
            .query(
                "select cast(expires_at as char(26)) from revoked_token where jti = x'%s'"
                    .formatted(HexFormat.of().formatHex(Ids.bytes(jti))))
            .getFirst();
    assertEquals(expires, Instant.parse(stored.strip().replace(' ', 'T') + "Z"));
  }

  @Test
  void grantIsReadBackAsItWasWritten() {
    Client client = clients.create(web(), TestClients.ANYTHING).client();
    Instant authTime = Instant.parse("2027-03-28T01:30:00.123456Z");
    AccessGrant written =
        grants
            .open(
                new Grants.NewGrant(
                    Ids.next(),
                    Ids.next(),
                    client,
                    Scopes.parse("openid user:read"),
                    List.of("https://api.example/things"),
                    Ids.next(),
                    authTime,
                    "pwd",
                    new IndividualClaims(
                        Set.of(StandardClaim.values()), Set.of(StandardClaim.EMAIL))))
            .grant();

    assertEquals(Optional.of(written), grants.live(written.id()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "00000000-0000-0000-0000-000000000000",
        "01000000-0000-7000-8000-000000000000",
        "019b0a00-0000-7000-8000-202020202020",
        "019b0a00-0000-7000-8000-00005c270025",
        "ffffffff-ffff-ffff-ffff-ffffffffffff"
      })
  void idsMayEndInAnyByte(String id) {
    UUID jti = UUID.fromString(id);
    assertFalse(grants.isRevoked(jti));
    AuditEvent act = AuditEvent.success(Act.TOKEN_REVOKED);
    grants.revokeToken(jti, Instant.now().plusSeconds(60), act);
    grants.revokeToken(jti, Instant.now().plusSeconds(60), act); // twice is no error

    assertTrue(grants.isRevoked(jti));
  }

  @Test
  void namesMayBeOfAnyScriptAndAsLongAsTheContractSays() {
    String username = TestUsers.freshName();
    Profile profile =
        new Profile(
            username,
            "x".repeat(60) + "." + "y@" + "z".repeat(60) + ".example",
            "\uD83D\uDE00".repeat(100),
            "Ärzte\u0301 张伟 ".repeat(8).strip(),
            "' \" \\ % _ \\' -- ; ʼ");
    User made = users.signUp(new NewUser(profile, "пароль \uD83D\uDE00 密码"));

    assertEquals(Optional.of(made), users.find(made.id()));
    assertEquals(Optional.of(made), users.authenticate(username, "пароль \uD83D\uDE00 密码"));
    User renamed =
        users
            .update(made, new Profile("n".repeat(31) + username, null, null, null, "\uD83D\uDC4B"))
            .orElseThrow();
    assertEquals(Optional.of(renamed), users.find(made.id()));
  }

  @Test
  void profilesAreKeptWhole() {
    ProfileDetails details =
        new ProfileDetails(
            null,
            "\uD83D\uDE00 ' \" \\\\ %",
            "https://people.example/" + "x".repeat(1900),
            null,
            null,
            null,
            "0000-02-29",
            "Europe/London",
            null,
            new Address("Erste Straße\r\n張偉", null, "Zürich", null, null, null));
    String username = TestUsers.freshName();
    Profile profile = new Profile(username, null, null, null, null, "+" + "9".repeat(15), details);
    User made =
        users.create(new NewUser(profile, TestUsers.PASSWORD), Role.USER, new Verified(true, true));

    assertEquals(Optional.of(made), users.find(made.id()));
    assertEquals(new Verified(false, true), made.verified());
    Profile bare = new Profile(username, null, null, null, null);
    User cleared = users.update(made, bare).orElseThrow();
    assertEquals(Optional.of(cleared), users.find(made.id()));
    assertEquals(bare, cleared.profile());
    assertEquals(Verified.NOTHING, cleared.verified());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\u0000", "admin\u0000", "admin ", "' or ''='", "\\", "%", "ＡＤＭＩＮ", "ádmin"})
  void whatOnlyResemblesAUserNameIsNone(String login) {
    assertTrue(users.findByUsername("admin").isPresent());
    assertEquals(Optional.empty(), users.findByLogin(login));
  }

  @Test
  void clientsThatDifferInCaseAreDifferent() {
    String id = "Case-" + TestUsers.freshName();
    clients.create(TestClients.web(id), TestClients.ANYTHING);
    Clients all = node.bean(Clients.class);

    assertEquals(Optional.empty(), all.find(id.toLowerCase()));
    clients.create(TestClients.web(id.toLowerCase()), TestClients.ANYTHING);
    assertEquals(id, all.find(id).orElseThrow().clientId());
    assertEquals(id.toLowerCase(), all.find(id.toLowerCase()).orElseThrow().clientId());
  }

  @Test
  void resourcesAndScopesThatDifferInCaseAreDifferent() {
    String unique = TestUsers.freshName();
    ProtectedResource lower = resources.create(resource(unique + "/a", unique + ":a"));
    ProtectedResource upper = resources.create(resource(unique + "/A", unique + ":A"));
    Resources all = node.bean(Resources.class);

    assertEquals(Optional.of(lower), all.byScope(unique + ":a"));
    assertEquals(Optional.of(upper), all.byScope(unique + ":A"));
    assertEquals(Optional.of(upper), all.byIdentifier("https://api.example/" + unique + "/A"));
  }

  @Test
  void largestRegistrationFits() {
    String id = "large-" + TestUsers.freshName();
    List<String> redirectUris =
        IntStream.range(10, 60)
            .mapToObj(i -> "https://app.example/" + i + "/" + "x".repeat(1977))
            .toList();
    ClientMetadata metadata = TestClients.with(TestClients.web(id), "redirect_uris", redirectUris);
    Client made = clients.create(metadata, TestClients.ANYTHING).client();

    assertEquals(2000, redirectUris.getFirst().length());
    assertEquals(redirectUris, clients.get(id).redirectUris());
    assertEquals(made.createdAt(), clients.get(id).createdAt());
  }

  @Test
  void conflictNamesWhatIsTaken() {
    String name = TestUsers.freshName();
    users.signUp(newUser(name, name + "@example.org"));
    assertEquals("username", taken(() -> users.signUp(newUser(name.toUpperCase(), null))));
    assertEquals(
        "email", taken(() -> users.signUp(newUser(TestUsers.freshName(), name + "@EXAMPLE.org"))));

    clients.create(TestClients.web(name), TestClients.ANYTHING);
    assertEquals(
        "client_id", taken(() -> clients.create(TestClients.web(name), TestClients.ANYTHING)));

    resources.create(resource(name, name + ":read"));
    assertEquals("identifier", taken(() -> resources.create(resource(name, name + ":write"))));
    assertEquals("scopes", taken(() -> resources.create(resource(name + "/2", name + ":read"))));
  }

  @Test
  void refusedResourceLeavesNothingBehind() {
    String name = TestUsers.freshName();
    resources.create(resource(name, name + ":read"));
    assertThrows(
        ProblemException.class,
        () -> resources.create(resource(name + "/2", name + ":more", name + ":read")));

    Resources all = node.bean(Resources.class);
    assertEquals(Optional.empty(), all.byIdentifier("https://api.example/" + name + "/2"));
    assertEquals(Optional.empty(), all.byScope(name + ":more"));
  }

  @Test
  void changeOfAnOvertakenVersionIsRefused() {
    String id = TestUsers.freshName();
    Client first = clients.create(TestClients.web(id), TestClients.ANYTHING).client();
    String seen = "\"" + first.version() + "\"";
    Client second = clients.update(id, seen, TestClients.ANYTHING, renaming("Second"));
    assertTrue(second.version() > first.version());
    ProblemException refusal =
        assertThrows(
            ProblemException.class,
            () -> clients.update(id, seen, TestClients.ANYTHING, renaming("Third")));
    assertEquals(ProblemType.PRECONDITION_FAILED, refusal.type());
    assertEquals("Second", clients.get(id).clientName());

    User user = users.signUp(newUser(TestUsers.freshName(), null));
    users.update(user, user.profile()).orElseThrow();
    assertEquals(Optional.empty(), users.update(user, user.profile()));
    assertFalse(users.delete(user));
  }

  @Test
  void consentsAddUp() {
    Consents consents = node.bean(Consents.class);
    UUID user = Ids.next();
    consents.allow(user, "a-client", Scopes.parse("openid"));
    consents.allow(user, "a-client", Scopes.parse("openid user:read"));
    consents.allow(user, "A-client", Scopes.parse("email"));
    consents.allow(user, "a-client", Scopes.NONE, Set.of(StandardClaim.NICKNAME));
    consents.allow(user, "a-client", Scopes.NONE, Set.of(StandardClaim.EMAIL));

    assertEquals(Scopes.parse("openid user:read"), consents.of(user, "a-client"));
    assertEquals(Scopes.parse("email"), consents.of(user, "A-client"));
    Set<StandardClaim> both = Set.of(StandardClaim.NICKNAME, StandardClaim.EMAIL);
    assertTrue(consents.cover(user, "a-client", Scopes.parse("openid"), both));
    assertFalse(
        consents.cover(user, "a-client", Scopes.parse("openid"), Set.of(StandardClaim.NAME)));
    assertFalse(consents.cover(user, "A-client", Scopes.NONE, both));
  }

  @Test
  void usersAreListedInTheOrderOfTheirIds() {
    List<UUID> made = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      made.add(users.signUp(newUser(TestUsers.freshName(), null)).id());
    }
    List<UUID> listed = new ArrayList<>();
    @Nullable UUID after = null;
    for (List<User> page = users.list(3, after); !page.isEmpty(); page = users.list(3, after)) {
      page.forEach(user -> listed.add(user.id()));
      after = page.getLast().id();
    }

    assertTrue(listed.containsAll(made));
    assertEquals(listed.stream().map(UUID::toString).sorted().toList(), strings(listed));
    assertEquals(node.database().count("user_account"), listed.size());
  }

  private static UnaryOperator<ClientMetadata> renaming(String name) {
    return before -> TestClients.with(before, "client_name", name);
  }

  private static List<String> strings(List<UUID> ids) {
    return ids.stream().map(UUID::toString).toList();
  }

  private static ClientMetadata web() {
    return TestClients.web(TestUsers.freshName());
  }

  private static NewUser newUser(String username, @Nullable String email) {
    return new NewUser(new Profile(username, email, null, null, null), TestUsers.PASSWORD);
  }

  private static ResourceMetadata resource(String path, String... scopes) {
    return new ResourceMetadata(
        "https://api.example/" + path,
        "Things",
        List.of(scopes).stream().map(scope -> new ResourceScope(scope, "See things")).toList(),
        null,
        null);
  }

  private static String taken(Runnable attempt) {
    ProblemException refusal = assertThrows(ProblemException.class, attempt::run);
    assertEquals(ProblemType.CONFLICT, refusal.type());
    return refusal.errors().getFirst().field();
  }
}
