package dev.gatewright.contract;

import java.util.LinkedHashSet;
import java.util.Set;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Looks after each test at what the servers of this JVM have answered meanwhile, and fails the test
 * when the contract does not say so. Registered for every test by {@code META-INF/services}.
 */
public final class ContractExtension implements AfterEachCallback, AfterAllCallback {

  @Override
  public void afterEach(ExtensionContext context) {
    check();
  }

  /** What a class does before its first test and after its last is looked at as well. */
  @Override
  public void afterAll(ExtensionContext context) {
    check();
  }

  static void check() {
    Set<String> findings = new LinkedHashSet<>();
    for (Exchange exchange : Exchanges.take()) {
      findings.addAll(ContractCheck.shared().findings(exchange));
    }
    if (!findings.isEmpty()) {
      throw new AssertionError(
          "The server answered what the contract does not state:\n  "
              + String.join("\n  ", findings));
    }
  }
}
