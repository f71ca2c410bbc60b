package dev.gatewright.persistence.ledger;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;

/** The same request to every node in the same moment. */
final class Spending {
  private static final Executor THREADS = task -> Thread.ofVirtual().start(task);

  private Spending() {}

  /** The replies, those acknowledged first. */
  static List<Reply> atEveryNode(Nodes nodes, Request request) {
    List<CompletableFuture<Reply>> sent =
        IntStream.range(0, nodes.size())
            .mapToObj(
                node -> CompletableFuture.supplyAsync(() -> nodes.sendTo(node, request), THREADS))
            .toList();
    return sent.stream()
        .map(CompletableFuture::join)
        .sorted(Comparator.comparing(Reply::outcome))
        .toList();
  }
}
