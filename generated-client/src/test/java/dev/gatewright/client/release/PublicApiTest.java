package dev.gatewright.client.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.gatewright.client.release.ApiVersions.Before;
import dev.gatewright.client.release.ApiVersions.Choice;
import dev.gatewright.client.release.ApiVersions.ChoiceGone;
import dev.gatewright.client.release.ApiVersions.ConstructorGone;
import dev.gatewright.client.release.ApiVersions.FieldGone;
import dev.gatewright.client.release.ApiVersions.HookForAll;
import dev.gatewright.client.release.ApiVersions.HookGone;
import dev.gatewright.client.release.ApiVersions.Implemented;
import dev.gatewright.client.release.ApiVersions.MethodGone;
import dev.gatewright.client.release.ApiVersions.MoreByDefault;
import dev.gatewright.client.release.ApiVersions.MoreMethods;
import dev.gatewright.client.release.ApiVersions.MoreToImplement;
import dev.gatewright.client.release.ApiVersions.MovedUp;
import dev.gatewright.client.release.ApiVersions.NowAbstract;
import dev.gatewright.client.release.ApiVersions.NowStatic;
import dev.gatewright.client.release.ApiVersions.ReturnTypeOther;
import dev.gatewright.client.release.ApiVersions.SupertypeGone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A program compiled against the last release runs with this one. Each release's API is kept in
 * {@code src/api}; {@code -Dapi.record=1.2.0} writes it.
 */
class PublicApiTest {

  private static final Path CLASSES = Path.of("target", "classes");
  private static final Path RELEASES = Path.of("src", "api");

  @Test
  void whatTheLastReleaseOffersIsStillThere() throws IOException {
    Set<String> now = PublicApi.of(CLASSES);
    assertTrue(now.size() > 500, "Too few to be all of it: " + now.size());
    String recorded = System.getProperty("api.record");
    if (recorded != null) {
      Files.createDirectories(RELEASES);
      Files.write(RELEASES.resolve(recorded + Release.SUFFIX), now);
    }
    Optional<Path> last = lastRelease();
    assumeTrue(last.isPresent(), "there is no release yet");
    Release released = Release.of(last.get());
    Release next = Release.of(System.getProperty("sdk.version"));
    assumeTrue(!next.mayBreak(released), next + " may break what " + released + " promised");

    assertEquals(
        "",
        String.join("\n", PublicApi.broken(Files.readAllLines(last.get()), now)),
        "A program compiled against " + released + " no longer runs");
  }

  @Test
  void onlyAMajorVersionMayBreakAndBeforeTheFirstAMinorOne() {
    assertTrue(Release.of("2.0.0").mayBreak(Release.of("1.4.2")));
    assertTrue(Release.of("0.2.0-SNAPSHOT").mayBreak(Release.of("0.1.0")));
    assertTrue(Release.of("1.0.0").mayBreak(Release.of("0.9.0")));
    assertFalse(Release.of("1.10.0-SNAPSHOT").mayBreak(Release.of("1.9.3")));
    assertFalse(Release.of("0.1.1").mayBreak(Release.of("0.1.0")));
    assertFalse(Release.of("0.1.0-SNAPSHOT").mayBreak(Release.of("0.1.0")));
  }

  @ParameterizedTest
  @MethodSource
  void whatBreaksIsNamed(Class<?> before, Class<?> after, String broken) {
    assertEquals(broken, broken(before, after));
  }

  static Stream<Arguments> whatBreaksIsNamed() {
    return Stream.of(
        arguments(Before.class, MethodGone.class, "gone: T.answer(I)Ljava/lang/String;"),
        arguments(Before.class, ReturnTypeOther.class, "gone: T.answer(I)Ljava/lang/String;"),
        arguments(Before.class, NowStatic.class, "gone: T.answer(I)Ljava/lang/String;"),
        arguments(Before.class, FieldGone.class, "gone: T.size:I"),
        arguments(Before.class, HookGone.class, "gone: protected T.hook()V"),
        arguments(Before.class, SupertypeGone.class, "gone: T is a java.lang.Runnable"),
        arguments(Before.class, ConstructorGone.class, "gone: T can be extended\ngone: T.new()V"),
        arguments(Before.class, NowAbstract.class, "gone: T is not abstract"),
        arguments(Choice.class, ChoiceGone.class, "gone: T.static LEFT:LT;"),
        arguments(Implemented.class, MoreToImplement.class, "new: implement T.second()V"));
  }

  @ParameterizedTest
  @MethodSource
  void whatDoesNotBreakIsAllowed(Class<?> before, Class<?> after) {
    assertEquals("", broken(before, after));
  }

  static Stream<Arguments> whatDoesNotBreakIsAllowed() {
    return Stream.of(
        arguments(Before.class, MoreMethods.class),
        arguments(MethodGone.class, Before.class),
        arguments(Before.class, MovedUp.class),
        arguments(HookGone.class, Before.class),
        arguments(Before.class, HookForAll.class),
        arguments(ChoiceGone.class, Choice.class),
        arguments(Implemented.class, MoreByDefault.class));
  }

  private static Optional<Path> lastRelease() throws IOException {
    if (!Files.isDirectory(RELEASES)) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.list(RELEASES)) {
      return files
          .filter(file -> file.toString().endsWith(Release.SUFFIX))
          .max(Comparator.comparing(Release::of));
    }
  }

  private static String broken(Class<?> before, Class<?> after) {
    return PublicApi.broken(factsOf(before), factsOf(after)).stream()
        .collect(Collectors.joining("\n"));
  }

  /** As if both were versions of one type T. */
  private static Set<String> factsOf(Class<?> type) {
    return PublicApi.of(type).stream()
        .map(fact -> fact.replace(type.getName(), "T"))
        .map(fact -> fact.replace(type.descriptorString(), "LT;"))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
