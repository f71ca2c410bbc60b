package dev.gatewright.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.net.URL;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The house stands as docs/architecture.md says: a package imports only from the floors below its
 * own.
 */
class ArchitectureTest {
  private static final String ROOT = "dev.gatewright.";

  /** From the ground up. */
  private static final List<Set<String>> FLOORS =
      List.of(
          Set.of("oauth", "settings"),
          Set.of("crypto"),
          Set.of("database"),
          Set.of("page", "outbound", "lifecycle"),
          Set.of("http"),
          Set.of("audit"),
          Set.of("key"),
          Set.of("resource", "user"),
          Set.of("client"),
          Set.of("grant", "backchannel"),
          Set.of("session"),
          Set.of("bearer"),
          Set.of("login", "consent", "account", "logout", "userinfo"),
          Set.of("authorize", "device"),
          Set.of("token"),
          Set.of("registration"),
          Set.of("admin", "bootstrap", "discovery"));

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          // the SDK, which the tests use, has packages of the same root
          .withImportOption(location -> location.contains("/server/target/classes/"))
          .importPackages("dev.gatewright");

  @Test
  void everyPackageStandsOnAFloor() {
    Set<String> packages =
        CLASSES.stream()
            .map(JavaClass::getPackageName)
            .filter(name -> name.startsWith(ROOT) && !name.startsWith(ROOT + "api"))
            .map(ArchitectureTest::room)
            .collect(Collectors.toSet());
    Set<String> known = FLOORS.stream().flatMap(Set::stream).collect(Collectors.toSet());
    assertTrue(known.containsAll(packages), () -> packages + " has a room that no floor names");
  }

  @Test
  void aPackageImportsOnlyFromLowerFloors() {
    classes().should(importOnlyFromBelow()).check(CLASSES);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching(ROOT + "(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void onlyControllersAndTheirMappersKnowGeneratedModels() {
    noClasses()
        .that()
        .resideInAnyPackage(
            packages(
                "oauth",
                "settings",
                "crypto",
                "database",
                "audit",
                "key",
                "page",
                "client",
                "user",
                "resource",
                "grant",
                "session",
                "backchannel",
                "bearer"))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ROOT + "api..")
        .check(CLASSES);
  }

  @Test
  void joseStaysWhereItBelongs() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            packages("key", "bearer", "grant", "discovery", "client", "backchannel"))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.nimbusds..")
        .check(CLASSES);
  }

  /** So that whatever is asked for is asked for under guard. */
  @Test
  void onlyOutboundAsksOthers() {
    noClasses()
        .that()
        .resideOutsideOfPackages(packages("outbound"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.net.http..", "io.micronaut.http.client..", "io.netty.bootstrap..")
        .orShould()
        .callMethod(URL.class, "openConnection")
        .orShould()
        .callMethod(URL.class, "openStream")
        .check(CLASSES);
  }

  private static ArchCondition<JavaClass> importOnlyFromBelow() {
    return new ArchCondition<>("import only from lower floors") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        int floor = floor(type);
        type.getDirectDependenciesFromSelf().stream()
            .filter(dependency -> isOurs(dependency.getTargetClass()))
            .filter(dependency -> !sameRoom(type, dependency.getTargetClass()))
            .filter(dependency -> floor(dependency.getTargetClass()) >= floor)
            .forEach(dependency ->
                events.add(SimpleConditionEvent.violated(type, dependency.getDescription())));
      }
    };
  }

  private static boolean isOurs(JavaClass type) {
    String name = type.getPackageName();
    return name.startsWith(ROOT)
        && !name.startsWith(ROOT + "api")
        && !type.getName().contains("generated");
  }

  private static boolean sameRoom(JavaClass one, JavaClass other) {
    return room(one.getPackageName()).equals(room(other.getPackageName()));
  }

  /** The root package stands above all. */
  private static int floor(JavaClass type) {
    String room = room(type.getPackageName());
    return IntStream.range(0, FLOORS.size())
        .filter(floor -> FLOORS.get(floor).contains(room))
        .findFirst()
        .orElse(FLOORS.size());
  }

  private static String room(String packageName) {
    return packageName.length() < ROOT.length()
        ? ""
        : packageName.substring(ROOT.length()).split("\\.")[0];
  }

  private static String[] packages(String... rooms) {
    return Arrays.stream(rooms).map(room -> ROOT + room + "..").toArray(String[]::new);
  }
}
