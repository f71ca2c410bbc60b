package dev.gatewright.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatewright.TestDatabase;
import dev.gatewright.TestUsers;
import dev.gatewright.audit.Act;
import dev.gatewright.audit.AuditEvent;
import dev.gatewright.authorize.AuthorizationCode;
import dev.gatewright.authorize.AuthorizationCodes;
import dev.gatewright.client.Client;
import dev.gatewright.client.ClientRegistrations;
import dev.gatewright.client.TestClients;
import dev.gatewright.crypto.Ids;
import dev.gatewright.database.SqlErrors;
import dev.gatewright.database.Transactions;
import dev.gatewright.device.DeviceAuthorization;
import dev.gatewright.device.DeviceAuthorizations;
import dev.gatewright.grant.AccessGrant;
import dev.gatewright.grant.Consents;
import dev.gatewright.grant.Grants;
import dev.gatewright.grant.RefreshToken;
import dev.gatewright.http.ETags;
import dev.gatewright.http.ProblemException;
import dev.gatewright.http.ProblemType;
import dev.gatewright.oauth.Scopes;
import dev.gatewright.user.NewUser;
import dev.gatewright.user.Profile;
import dev.gatewright.user.Role;
import dev.gatewright.user.User;
import dev.gatewright.user.Users;
import dev.gatewright.user.Verified;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Of many who want the same in the same moment, one gets it. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class RacesTest {
  private static final int CONTENDERS = 64;
  private static final int ROUNDS = 50;

  private final Node node;
  private final Users users;
  private final Grants grants;
  private final Transactions transactions;
  private final Client client;

  RacesTest(TestDatabase kind) {
    node = Node.shared(kind);
    users = node.bean(Users.class);
    grants = node.bean(Grants.class);
    transactions = node.bean(Transactions.class);
    client =
        node.bean(ClientRegistrations.class)
            .create(
                TestClients.with(
                    TestClients.web(TestUsers.freshName()), "refresh_token_policy", "always"),
                TestClients.ANYTHING)
            .client();
  }

  @Test
  void userNameIsGivenOnce() {
    String name = TestUsers.freshName();
    List<String> outcomes =
        Race.run(CONTENDERS, i -> () -> outcome(() -> users.signUp(newUser(name, null))));

    assertOneWon(outcomes, "username");
  }

  @Test
  void emailIsGivenOnce() {
    String email = TestUsers.freshName() + "@example.org";
    List<String> outcomes =
        Race.run(
            CONTENDERS,
            i -> () -> outcome(() -> users.signUp(newUser(TestUsers.freshName(), email))));

    assertOneWon(outcomes, "email");
  }

  /** Between those who have it free to take it and those who sign up with it: a verified owner. */
  @Test
  void emailOfASquatterGoesToOneOwner() {
    String email = TestUsers.freshName() + "@example.org";
    User squatter = users.signUp(newUser(TestUsers.freshName(), email));
    List<String> outcomes =
        Race.run(
            16,
            i ->
                () ->
                    outcome(() ->
                        users.create(
                            newUser(TestUsers.freshName(), email),
                            Role.USER,
                            new Verified(true, false))));

    assertOneWon(outcomes, "email");
    assertNull(users.find(squatter.id()).orElseThrow().email());
  }

  @Test
  void ofChangesToOneVersionOneIsWritten() {
    User user = users.signUp(newUser(TestUsers.freshName(), null));
    List<Boolean> written =
        Race.run(
            CONTENDERS,
            i ->
                () -> {
                  String name = "Name " + i;
                  Profile profile = new Profile(user.username(), null, name, null, null);
                  return users.update(user, profile).isPresent();
                });

    assertEquals(1, Collections.frequency(written, true), written.toString());
    assertEquals(user.version() + 1, users.find(user.id()).orElseThrow().version());
  }

  @Test
  void ofChangesToOneVersionOfAClientOneIsWritten() {
    String seen = ETags.of(client.version());
    ClientRegistrations clients = node.bean(ClientRegistrations.class);
    List<String> outcomes =
        Race.run(
            CONTENDERS,
            i ->
                () ->
                    outcome(() ->
                        clients.update(
                            client.clientId(),
                            seen,
                            TestClients.ANYTHING,
                            before -> TestClients.with(before, "client_name", "No. " + i))));

    assertOneWon(outcomes, ProblemType.PRECONDITION_FAILED.name());
    assertEquals(client.version() + 1, clients.get(client.clientId()).version());
  }

  @Test
  void authorizationCodeIsRedeemedOnce() {
    AuthorizationCodes codes = node.bean(AuthorizationCodes.class);
    for (int round = 0; round < ROUNDS; round++) {
      AuthorizationCode code = codes.find(StoredRows.code(node.database(), client)).orElseThrow();
      List<Optional<AccessGrant>> outcomes =
          Race.run(
              CONTENDERS,
              i ->
                  () ->
                      transactions.run(() ->
                          codes.redeem(code)
                              ? Optional.of(open(code.grantId()).grant())
                              : Optional.empty()));

      List<AccessGrant> grantsMade = outcomes.stream().flatMap(Optional::stream).toList();
      assertEquals(1, grantsMade.size(), "round " + round);
      assertEquals(Optional.of(grantsMade.getFirst()), grants.live(code.grantId()));
    }
  }

  /** RFC 8628 §3.4. */
  @Test
  void deviceCodeIsRedeemedOnce() {
    DeviceAuthorizations devices = node.bean(DeviceAuthorizations.class);
    for (int round = 0; round < ROUNDS; round++) {
      DeviceAuthorization device =
          devices.find(StoredRows.device(node.database(), client, "approved")).orElseThrow();
      List<Optional<AccessGrant>> outcomes =
          Race.run(
              CONTENDERS,
              i ->
                  () ->
                      transactions.run(() ->
                          devices.redeem(device)
                              ? Optional.of(open(device.grantId()).grant())
                              : Optional.empty()));

      List<AccessGrant> grantsMade = outcomes.stream().flatMap(Optional::stream).toList();
      assertEquals(1, grantsMade.size(), "round " + round);
      assertEquals(Optional.of(grantsMade.getFirst()), grants.live(device.grantId()));
    }
  }

  /** RFC 8628 §3.5: of polls at once one is in time, and each of the others costs 5 seconds. */
  @Test
  void devicePolledByManyAtOnceIsInTimeOnce() {
    DeviceAuthorizations devices = node.bean(DeviceAuthorizations.class);
    for (int round = 0; round < 5; round++) {
      String code = StoredRows.device(node.database(), client, "pending");
      DeviceAuthorization device = devices.find(code).orElseThrow();
      List<Boolean> inTime = Race.run(CONTENDERS, i -> () -> devices.poll(device));

      assertEquals(1, Collections.frequency(inTime, true), inTime.toString());
      assertEquals(
          5 + 5 * (CONTENDERS - 1),
          devices.find(code).orElseThrow().pollInterval(),
          "none of the additions is lost");
    }
  }

  @Test
  void refreshTokenIsRotatedOnce() {
    Grants.Opened opened = transactions.run(() -> open(Ids.next()));
    String current = Objects.requireNonNull(opened.refreshToken());
    for (int round = 0; round < ROUNDS; round++) {
      RefreshToken token = grants.refreshToken(current).orElseThrow();
      List<Optional<String>> outcomes =
          Race.run(CONTENDERS, i -> () -> transactions.run(() -> grants.rotate(token)));

      List<String> successors = outcomes.stream().flatMap(Optional::stream).toList();
      assertEquals(1, successors.size(), "round " + round);
      current = successors.getFirst();
    }
    String family = "where grant_id = x'%s'".formatted(StoredRows.hex(opened.grant().id()));
    assertEquals(ROUNDS + 1, node.database().count("refresh_token " + family));
    assertEquals(1, node.database().count("refresh_token " + family + " and redeemed_at is null"));
  }

  @Test
  void consentsGivenAtOnceAddUp() {
    Consents consents = node.bean(Consents.class);
    for (int round = 0; round < ROUNDS; round++) {
      UUID user = Ids.next();
      List<String> scopes = List.of("openid", "email", "profile", "user:read");
      Race.run(
          scopes.size(),
          i ->
              () -> {
                consents.allow(user, client.clientId(), Scopes.of(List.of(scopes.get(i))));
                return true;
              });

      assertTrue(
          consents.of(user, client.clientId()).containsAll(Scopes.of(scopes)), "round " + round);
    }
  }

  /** Two transactions that want each other's row: the one that is given up runs again, whole. */
  @Test
  void deadlockIsRepeated() {
    List<UUID> ids = List.of(open(Ids.next()).grant().id(), open(Ids.next()).grant().id());
    CountDownLatch bothHoldOne = new CountDownLatch(2);
    AtomicInteger attempts = new AtomicInteger();
    Race.run(
        2,
        i ->
            () ->
                transactions.run(() -> {
                  attempts.incrementAndGet();
                  grants.revoke(ids.get(i), AuditEvent.success(Act.GRANT_REVOKED));
                  bothHoldOne.countDown();
                  await(bothHoldOne);
                  grants.revoke(ids.get(1 - i), AuditEvent.success(Act.GRANT_REVOKED));
                  return true;
                }));

    assertTrue(attempts.get() >= 3, "There was no deadlock: " + attempts);
    assertTrue(ids.stream().allMatch(id -> grants.live(id).isEmpty()));
  }

  /** A single statement may be the one that is given up, for a transaction that has done more. */
  @Test
  void statementGivenUpForAnotherIsRepeated() throws Exception {
    UUID user = Ids.next();
    List<UUID> ids =
        List.of(open(Ids.next(), user).grant().id(), open(Ids.next(), user).grant().id());
    String update = "update access_grant set amr = 'otp' where ";
    try (Connection heavier = node.database().connect();
        Statement statement = heavier.createStatement();
        ExecutorService thread = Executors.newSingleThreadExecutor()) {
      heavier.setAutoCommit(false);
      StoredRows.expiring(
          node.database(), "access_grant", "id", Instant.parse("2090-01-01T00:00:00Z"), 50);
      statement.executeUpdate(update + "expires_at = '2090-01-01 00:00:00'");
      statement.executeUpdate(update + "id = x'" + StoredRows.hex(ids.getLast()) + "'");
      Future<?> revoking = thread.submit(() -> grants.revokeOthersOfUser(user, null));
      Thread.sleep(500); // it has the first row now, and waits for the second
      try {
        statement.executeUpdate(update + "id = x'" + StoredRows.hex(ids.getFirst()) + "'");
      } catch (SQLException e) {
        assertTrue(SqlErrors.isRepeatable(e), e.toString()); // H2 gives up the other one
      }
      heavier.rollback();
      revoking.get(30, TimeUnit.SECONDS);
    }

    assertTrue(ids.stream().allMatch(id -> grants.live(id).isEmpty()));
  }

  /** Nothing of a transaction that fails is kept, and it is not repeated. */
  @Test
  void failedTransactionLeavesNothing() {
    UUID id = Ids.next();
    AtomicInteger attempts = new AtomicInteger();
    assertThrows(
        IllegalArgumentException.class,
        () ->
            transactions.run(() -> {
              attempts.incrementAndGet();
              open(id);
              throw new IllegalArgumentException();
            }));

    assertEquals(1, attempts.get());
    assertEquals(Optional.empty(), grants.live(id));
  }

  private Grants.Opened open(UUID id) {
    return open(id, Ids.next());
  }

  private Grants.Opened open(UUID id, UUID user) {
    return grants.open(
        new Grants.NewGrant(
            id,
            user,
            client,
            Scopes.parse("openid user:read"),
            List.of(),
            null,
            Instant.parse("2026-01-01T00:00:00Z"),
            "pwd"));
  }

  private static void assertOneWon(List<String> outcomes, String otherwise) {
    assertEquals(1, Collections.frequency(outcomes, "written"), outcomes.toString());
    assertEquals(
        outcomes.size() - 1, Collections.frequency(outcomes, otherwise), outcomes.toString());
  }

  /** What was written, or the field that was taken, or the kind of refusal. */
  private static String outcome(Runnable attempt) {
    try {
      attempt.run();
      return "written";
    } catch (ProblemException e) {
      return e.errors().isEmpty() ? e.type().name() : e.errors().getFirst().field();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static NewUser newUser(String username, @Nullable String email) {
    return new NewUser(new Profile(username, email, null, null, null), TestUsers.PASSWORD);
  }
}
