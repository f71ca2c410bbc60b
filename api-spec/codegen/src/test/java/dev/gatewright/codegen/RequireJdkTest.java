package dev.gatewright.codegen;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.apache.maven.enforcer.rule.api.EnforcerRuleException;
import org.apache.maven.plugins.toolchain.jdk.ToolchainDiscoverer;
import org.apache.maven.toolchain.model.PersistedToolchains;
import org.apache.maven.toolchain.model.ToolchainModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequireJdkTest {

  @Test
  void machineWithTheJdkPasses() {
    assertDoesNotThrow(() -> rule("17.0.15", "25.0.1").execute());
  }

  @Test
  void machineWithoutTheJdkIsToldInOneSentence() {
    EnforcerRuleException refusal =
        assertThrows(EnforcerRuleException.class, () -> rule("17.0.15", "21.0.2").execute());

    assertEquals(
        "Gatewright's server needs a JDK 25 or newer somewhere on this machine, and only 17.0.15,"
            + " 21.0.2 was found: install one, nothing needs to be configured.",
        refusal.getMessage());
  }

  @ParameterizedTest
  @CsvSource({"25, 25", "25.0.1, 25", "26-ea, 26", "1.8.0_412, 8", "'', 0"})
  void featureReleaseIsReadFromAVersion(String version, int feature) {
    assertEquals(feature, RequireJdk.feature(version));
  }

  private static RequireJdk rule(String... versions) {
    PersistedToolchains found = new PersistedToolchains();
    for (String version : versions) {
      ToolchainModel jdk = new ToolchainModel();
      jdk.addProvide(ToolchainDiscoverer.VERSION, version);
      found.addToolchain(jdk);
    }
    RequireJdk rule =
        new RequireJdk(
            new ToolchainDiscoverer() {
              @Override
              public PersistedToolchains discoverToolchains() {
                return found;
              }
            });
    rule.setRelease(25);
    return rule;
  }
}
