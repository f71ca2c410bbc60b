package dev.gatewright.benchmark;

import dev.gatewright.benchmark.report.Measured;
import dev.gatewright.benchmark.report.Numbers;
import dev.gatewright.benchmark.report.Table;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How much of what the machine can do at all an operation gets out of it. */
final class Shares {
  static final String BARE = "Micronaut, a POST answering 800 bytes";
  static final String ES256 = "Micronaut + nimbus + ES256 signature";
  static final String RS256 = "Micronaut + nimbus + RS256 signature";
  static final String ARGON2ID = "Argon2id";

  private final Map<String, Double> ceilings = new HashMap<>();

  /** Adds ceilings: per second of one core. */
  void add(List<Measured> servers, Map<String, String> loops) {
    servers.forEach(server -> ceilings.put(server.operation(), server.rate()));
    ceilings.put(ARGON2ID, Double.parseDouble(loops.getOrDefault(ARGON2ID, "0")));
  }

  Table table(List<Measured> operations) {
    Table table = new Table("operation", "per second", "ceiling", "per second", "our share");
    for (Measured operation : operations) {
      String ceiling = ceilingOf(operation.operation());
      double most = ceilings.getOrDefault(ceiling, 0.0);
      table.add(
          operation.operation(),
          Numbers.rate(operation.rate()),
          ceiling,
          Numbers.rate(most),
          most == 0 ? "" : Numbers.percent(operation.rate() / most));
    }
    return table;
  }

  private static String ceilingOf(String operation) {
    return switch (operation) {
      case Operations.CLIENT_CREDENTIALS_ES256 -> ES256;
      case Operations.CLIENT_CREDENTIALS_RS256 -> RS256;
      case Operations.LOGIN -> ARGON2ID;
      default -> BARE;
    };
  }
}
