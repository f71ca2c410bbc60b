package dev.gatewright.codegen.lint;

import java.nio.file.Path;
import java.util.List;

/** Checks the contract as it is written against every {@link Rule}. */
public final class ContractLint {

  private ContractLint() {}

  /**
   * Every mistake, by file and line.
   *
   * @param contract {@code api-spec/openapi/openapi.yaml}
   */
  public static List<Finding> check(Path contract) {
    Findings findings = new Findings();
    ContractFiles files = new ContractFiles(contract, findings);
    Walk walk = new Walk(files, findings);
    List<Operation> operations = Operation.of(files);
    new OperationRules(files, findings).check(operations);
    new SecurityRules(files, findings).check(operations);
    new AnswerRules(files, findings).check(operations);
    new InputRules(files, findings).check(operations);
    new SchemaRules(files, walk, findings).check();
    new ExampleRules(files, walk, findings).check();
    for (Part unused : files.unused()) {
      findings.add(Rule.UNUSED_FILE, unused, "nothing refers to this file");
    }
    return List.copyOf(findings.all());
  }
}
