package dev.gatewright.user;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatewright.TestDatabase;
import dev.gatewright.TestServer;
import dev.gatewright.http.FieldError;
import dev.gatewright.http.ProblemException;
import dev.gatewright.http.ProblemType;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Accounts on every real database. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class UsersTest {
  private static final String PASSWORD = "a fine long password";

  private static Map<String, Object> configuration;
  private static TestServer server;
  private static Users users;

  @Parameter TestDatabase database;

  @BeforeParameterizedClassInvocation
  static void start(TestDatabase database) {
    configuration = database.fresh();
    server = TestServer.start(configuration);
    users = server.bean(Users.class);
  }

  @AfterParameterizedClassInvocation
  static void stop() {
    server.close();
  }

  @Test
  void whatWasSignedUpIsReadBack() {
    String name = fresh();
    User made =
        users.signUp(
            new NewUser(
                new Profile(name, name + "@Example.org", "Ada Lovelace", "Ada", "Lovelace"),
                PASSWORD));

    assertEquals(Optional.of(made), users.find(made.id()));
    assertEquals(Role.USER, made.role());
    assertFalse(made.emailVerified());
    assertTrue(made.passwordHash().startsWith("$argon2id$v=19$m=64,t=1,p=1$"), made.passwordHash());
    assertFalse(made.passwordHash().contains(PASSWORD));
  }

  @Test
  void isFoundByUserNameAndEmailInAnyCase() {
    String name = fresh();
    User made = users.signUp(newUser(name, name + "@example.org"));

    assertEquals(Optional.of(made), users.findByLogin(name.toUpperCase(Locale.ROOT)));
    assertEquals(Optional.of(made), users.findByLogin(name + "@EXAMPLE.org"));
    assertEquals(Optional.empty(), users.findByLogin(name + "@example.com"));
  }

  @Test
  void userNameIsTakenInWhateverCase() {
    String name = fresh();
    users.signUp(newUser(name, null));

    assertEquals(
        "username", conflict(() -> users.signUp(newUser(name.toUpperCase(Locale.ROOT), null))));
  }

  @Test
  void emailIsTakenInWhateverCase() {
    String name = fresh();
    users.signUp(newUser(name, name + "@example.org"));

    assertEquals("email", conflict(() -> users.signUp(newUser(fresh(), name + "@EXAMPLE.ORG"))));
  }

  @Test
  void conflictNamesTheFieldEvenWhenTheValueIsCalledLikeAnIndex() {
    users.signUp(newUser("user_account_email", "user_account_username@example.org"));

    assertEquals("username", conflict(() -> users.signUp(newUser("user_account_email", null))));
    assertEquals(
        "email",
        conflict(() -> users.signUp(newUser(fresh(), "user_account_username@example.org"))));
  }

  @Test
  void ofManyWhoSignUpWithOneNameAtOnceOneWins() throws Exception {
    String name = fresh();
    List<String> outcomes = race(16, i -> () -> outcome(() -> users.signUp(newUser(name, null))));

    assertEquals(1, outcomes.stream().filter("made"::equals).count(), outcomes.toString());
    assertEquals(15, outcomes.stream().filter("username"::equals).count(), outcomes.toString());
  }

  @Test
  void ofManyWhoSignUpWithOneEmailAtOnceOneWins() throws Exception {
    String email = fresh() + "@example.org";
    List<String> outcomes =
        race(16, i -> () -> outcome(() -> users.signUp(newUser(fresh(), email))));

    assertEquals(1, outcomes.stream().filter("made"::equals).count(), outcomes.toString());
    assertEquals(15, outcomes.stream().filter("email"::equals).count(), outcomes.toString());
  }

  @Test
  void unverifiedEmailIsHeldForAWhile() {
    String email = fresh() + "@example.org";
    users.signUp(newUser(fresh(), email));

    assertEquals("email", conflict(() -> users.signUp(newUser(fresh(), email))));
  }

  @Test
  void unverifiedEmailYieldsToItsOwnerAfterTheHold() {
    String email = fresh() + "@example.org";
    User squatter = users.signUp(newUser(fresh(), email));
    emailSetAt(squatter, Instant.now().minus(25, ChronoUnit.HOURS));

    User owner = users.signUp(newUser(fresh(), email));

    assertEquals(Optional.of(owner), users.findByLogin(email));
    User after = users.find(squatter.id()).orElseThrow();
    assertNull(after.email());
    assertNull(after.emailKey());
    assertTrue(after.version() > squatter.version());
  }

  @Test
  void unverifiedEmailYieldsToAVerifiedOneAtOnce() {
    String email = fresh() + "@example.org";
    User squatter = users.signUp(newUser(fresh(), email));

    User owner = users.create(newUser(fresh(), email), Role.USER, new Verified(true, false));

    assertTrue(owner.emailVerified());
    assertEquals(Optional.of(owner), users.findByLogin(email));
    assertNull(users.find(squatter.id()).orElseThrow().email());
  }

  @Test
  void verifiedEmailYieldsToNobody() {
    String email = fresh() + "@example.org";
    User owner = users.create(newUser(fresh(), email), Role.USER, new Verified(true, false));
    emailSetAt(owner, Instant.now().minus(1000, ChronoUnit.HOURS));

    assertEquals("email", conflict(() -> users.signUp(newUser(fresh(), email))));
    assertEquals(
        "email",
        conflict(
            () -> users.create(newUser(fresh(), email), Role.USER, new Verified(true, false))));
  }

  @Test
  void emailThatYieldedStaysWhenTheNewcomerIsRefused() {
    String email = fresh() + "@example.org";
    String taken = fresh();
    users.signUp(newUser(taken, null));
    User squatter = users.signUp(newUser(fresh(), email));
    emailSetAt(squatter, Instant.now().minus(25, ChronoUnit.HOURS));

    assertEquals("username", conflict(() -> users.signUp(newUser(taken, email))));
    assertEquals(email, users.find(squatter.id()).orElseThrow().email());
  }

  @Test
  void changedEmailIsUnverifiedAndTheSameOneStaysVerified() {
    String name = fresh();
    User user =
        users.create(newUser(name, name + "@example.org"), Role.USER, new Verified(true, false));

    User renamed =
        users.update(user, profile(name, name + "@example.org", "New Name")).orElseThrow();
    assertTrue(renamed.emailVerified());
    User moved =
        users.update(renamed, profile(name, name + "@example.com", "New Name")).orElseThrow();
    assertFalse(moved.emailVerified());
    assertEquals(Optional.of(moved), users.find(user.id()));
  }

  @Test
  void changingTheCaseOfAnEmailDoesNotProlongItsHold() {
    String name = fresh();
    User user = users.signUp(newUser(name, name + "@example.org"));
    emailSetAt(user, Instant.parse("2020-01-01T00:00:00Z"));
    User before = users.find(user.id()).orElseThrow();

    User after = users.update(before, profile(name, name + "@EXAMPLE.org", null)).orElseThrow();

    assertEquals(before.emailSetAt(), after.emailSetAt());
  }

  @Test
  void updateOfAnOvertakenVersionDoesNothing() {
    String name = fresh();
    User user = users.signUp(newUser(name, null));
    users.update(user, profile(name, null, "First")).orElseThrow();

    assertEquals(Optional.empty(), users.update(user, profile(name, null, "Second")));
    assertEquals("First", users.find(user.id()).orElseThrow().name());
  }

  @Test
  void loginTakesTheRightPasswordAlone() {
    String name = fresh();
    User user = users.signUp(newUser(name, name + "@example.org"));

    assertEquals(Optional.of(user.id()), users.authenticate(name, PASSWORD).map(User::id));
    assertEquals(
        Optional.of(user.id()), users.authenticate(name + "@example.org", PASSWORD).map(User::id));
    assertEquals(Optional.empty(), users.authenticate(name, PASSWORD + "x"));
    assertEquals(Optional.empty(), users.authenticate(name + "x", PASSWORD));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "' or 1=1 --",
        "*)(uid=*",
        "${jndi:ldap://x}",
        "a\r\nb",
        "\u0000",
        "\uD800",
        "#{7*7}",
        "",
        "@"
      })
  void oddLoginsAndPasswordsAreJustWrong(String odd) {
    String name = fresh();
    users.signUp(newUser(name, null));

    assertEquals(Optional.empty(), users.authenticate(odd, odd));
    assertEquals(Optional.empty(), users.authenticate(name, odd));
  }

  @Test
  void passwordIsTheSameHoweverItsLettersAreComposed() {
    String name = fresh();
    User user =
        users.signUp(new NewUser(new Profile(name, null, null, null, null), "cafe\u0301 au lait"));

    assertEquals(
        Optional.of(user.id()), users.authenticate(name, "caf\u00E9 au lait").map(User::id));
  }

  @Test
  void passwordChangedMeanwhileIsNotChangedAgain() {
    User user = users.signUp(newUser(fresh(), null));
    List<String> ended = new ArrayList<>();

    assertTrue(
        users.changePassword(
            user, "new_password", "another fine password", () -> ended.add("first")));
    assertFalse(
        users.changePassword(
            user, "new_password", "a third fine password", () -> ended.add("second")));
    assertEquals(List.of("first"), ended);
    assertTrue(users.authenticate(user.username(), "another fine password").isPresent());
  }

  @Test
  void usersAreListedOldestFirstPageByPage() {
    User first = users.signUp(newUser(fresh(), null));
    User second = users.signUp(newUser(fresh(), null));
    User third = users.signUp(newUser(fresh(), null));

    List<User> page = users.list(2, first.id());
    assertEquals(List.of(second, third), page);
  }

  @Test
  void deletedUserIsGoneAndItsNameIsFree() {
    String name = fresh();
    User user = users.signUp(newUser(name, null));

    assertTrue(users.delete(user));
    assertFalse(users.delete(user));
    assertEquals(Optional.empty(), users.find(user.id()));
    assertNotEquals(user.id(), users.signUp(newUser(name, null)).id());
  }

  @Test
  void everyFaultOfANewUserIsNamed() {
    ProblemException refusal =
        assertThrows(
            ProblemException.class,
            () ->
                users.signUp(
                    new NewUser(
                        new Profile("a b", "nowhere", "\u202Eada", " ", "x".repeat(101)),
                        "short")));

    assertEquals(ProblemType.INVALID_REQUEST, refusal.type());
    assertEquals(
        List.of("username", "email", "name", "given_name", "family_name", "password"),
        refusal.errors().stream().map(FieldError::field).toList());
  }

  @Test
  void hashMadeWithLessIsRenewedAtLogin() {
    String name = fresh();
    User user = users.signUp(newUser(name, null));
    UserRepository repository = server.bean(UserRepository.class);
    Map<String, Object> raised = new HashMap<>(configuration);
    raised.put("gatewright.passwords.iterations", 2);
    try (TestServer stronger = TestServer.start(raised)) {
      assertTrue(stronger.bean(Users.class).authenticate(name, PASSWORD).isPresent());
    }
    String renewed = repository.findById(user.id()).orElseThrow().passwordHash();
    assertTrue(renewed.startsWith("$argon2id$v=19$m=64,t=2,p=1$"), renewed);
    assertTrue(users.authenticate(name, PASSWORD).isPresent());
    assertEquals(renewed, repository.findById(user.id()).orElseThrow().passwordHash());
  }

  private static void emailSetAt(User user, Instant when) {
    User changed =
        new User(
            user.id(),
            user.username(),
            user.usernameKey(),
            user.email(),
            user.emailKey(),
            user.emailVerified(),
            when,
            user.passwordHash(),
            user.name(),
            user.givenName(),
            user.familyName(),
            user.phoneNumber(),
            user.phoneNumberVerified(),
            user.details(),
            user.role(),
            user.version(),
            user.createdAt(),
            user.updatedAt());
    assertEquals(1, server.bean(UserRepository.class).update(changed));
  }

  private static String outcome(Runnable attempt) {
    try {
      attempt.run();
      return "made";
    } catch (ProblemException e) {
      return e.errors().getFirst().field();
    }
  }

  private static String conflict(Runnable attempt) {
    ProblemException refusal = assertThrows(ProblemException.class, attempt::run);
    assertEquals(ProblemType.CONFLICT, refusal.type());
    return refusal.errors().getFirst().field();
  }

  private static List<String> race(int threads, IntFunction<Callable<String>> contender)
      throws InterruptedException, ExecutionException {
    CountDownLatch start = new CountDownLatch(1);
    try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
      List<Future<String>> futures = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        Callable<String> work = contender.apply(i);
        futures.add(
            executor.submit(() -> {
              start.await();
              return work.call();
            }));
      }
      start.countDown();
      List<String> outcomes = new ArrayList<>();
      for (Future<String> future : futures) {
        outcomes.add(future.get());
      }
      return outcomes;
    }
  }

  private static NewUser newUser(String username, @Nullable String email) {
    return new NewUser(profile(username, email, null), PASSWORD);
  }

  private static Profile profile(String username, @Nullable String email, @Nullable String name) {
    return new Profile(username, email, name, null, null);
  }

  private static String fresh() {
    return "u" + UUID.randomUUID().toString().replace("-", "");
  }
}
