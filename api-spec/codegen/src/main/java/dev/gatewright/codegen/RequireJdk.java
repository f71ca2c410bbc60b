package dev.gatewright.codegen;

import java.util.List;
import java.util.Objects;
import java.util.Properties;
import javax.inject.Inject;
import org.apache.maven.enforcer.rule.api.AbstractEnforcerRule;
import org.apache.maven.enforcer.rule.api.EnforcerRuleException;
import org.apache.maven.plugins.toolchain.jdk.ToolchainDiscoverer;
import org.apache.maven.toolchain.model.ToolchainModel;

/**
 * An enforcer rule: some JDK on this machine is new enough to build and run the server.
 *
 * <p>It looks where {@code select-jdk-toolchain} looks and says in one sentence what that goal says
 * in the words of toolchains.
 */
public final class RequireJdk extends AbstractEnforcerRule {

  private final ToolchainDiscoverer discoverer;

  /** The oldest feature release that will do, for example 25. */
  private int release;

  /** Made by the enforcer plugin. */
  @Inject
  public RequireJdk(ToolchainDiscoverer discoverer) {
    this.discoverer = Objects.requireNonNull(discoverer);
  }

  /** Sets the oldest feature release that will do. */
  public void setRelease(int release) {
    this.release = release;
  }

  @Override
  public void execute() throws EnforcerRuleException {
    List<String> versions =
        discoverer.discoverToolchains().getToolchains().stream()
            .map(ToolchainModel::getProvides)
            .map(RequireJdk::version)
            .toList();
    if (versions.stream().noneMatch(version -> feature(version) >= release)) {
      throw new EnforcerRuleException(
          "Gatewright's server needs a JDK %d or newer somewhere on this machine, and only %s was found: install one, nothing needs to be configured."
              .formatted(release, versions.isEmpty() ? "none" : String.join(", ", versions)));
    }
  }

  private static String version(Properties provides) {
    return provides.getProperty(ToolchainDiscoverer.VERSION, "");
  }

  /** The feature release of a version: 25 of {@code 25.0.1}, 8 of {@code 1.8.0_412}. */
  static int feature(String version) {
    String[] parts = version.split("[^0-9]+");
    if (parts.length == 0 || parts[0].isEmpty()) {
      return 0;
    }
    int first = Integer.parseInt(parts[0]);
    return first == 1 && parts.length > 1 ? Integer.parseInt(parts[1]) : first;
  }
}
