package io.metanode.ledger.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.ledger.state.SupplyAudit;
import io.metanode.ledger.store.Chain;
import io.metanode.ledger.store.StoreOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Validators that forgot old blocks, and others that lack just these. */
class PrunedNetworkTest {

  /** Blocks in small files; no snapshot is taken of itself, none wanted for being far behind. */
  private static ReplicaOptions smallFiles(ReplicaOptions o) {
    return new ReplicaOptions(
        o.timeouts(),
        100,
        o.mempool(),
        o.mostVerifying(),
        o.blockBytes(),
        o.maxAheadMillis(),
        o.retryMillis(),
        new StoreOptions(3_000, 10, 16, 20),
        1_000_000,
        4,
        1_000_000);
  }

  private static Cluster withoutTheLast(long height) {
    Cluster cluster = new Cluster(4, 0, PrunedNetworkTest::smallFiles);
    cluster.start();
    cluster.untilHeight(4, height);
    cluster.reaches = (from, to) -> from != 3 && to != 3;
    cluster.nodes.getFirst().submit(1, cluster.transfer(1, 2, 5));
    cluster.untilHeight(3, height + 60);
    return cluster;
  }

  private static void prune(Cluster cluster, int node, long keepFrom) {
    Chain chain = cluster.nodes.get(node).replica().chain();
    try {
      while (chain.prune(keepFrom)) {}
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long first(Cluster cluster, int node) {
    try {
      return cluster.nodes.get(node).replica().chain().first();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void assertTheLastJoins(Cluster cluster, long beyond) {
    cluster.reaches = (_, _) -> true;
    cluster.until("the last one follows", () -> cluster.nodes.get(3).height() > beyond);
    assertTrue(first(cluster, 3) > 40, "it took a snapshot: " + first(cluster, 3));
    cluster.until("it decides", () -> !cluster.nodes.get(3).decided.isEmpty());
    cluster.until("equal heights", () -> cluster.heights().stream().distinct().count() == 1);
    assertEquals(
        1,
        cluster.nodes.stream()
            .map(n -> n.replica().chain().ledger().state().root())
            .distinct()
            .count());
    SupplyAudit.check(cluster.nodes.get(3).replica().chain().ledger().state());
    assertTrue(cluster.misbehaviour.isEmpty(), cluster.misbehaviour.toString());
  }

  @Test
  void aFreshValidatorJoinsBySnapshot() {
    Cluster cluster = withoutTheLast(1);
    cluster.nodes.get(3).wipe();
    IntStream.range(0, 3).forEach(i -> prune(cluster, i, 55));
    assertTrue(first(cluster, 0) > 40);
    cluster.nodes.get(3).start();
    assertTheLastJoins(cluster, 61);
  }

  @Test
  void oneThatWasAwayForTooLongGoesOnFromASnapshot() {
    Cluster cluster = withoutTheLast(5);
    long had = cluster.nodes.get(3).height();
    IntStream.range(0, 3).forEach(i -> prune(cluster, i, 55));
    cluster.nodes.get(3).decided.clear();
    assertTheLastJoins(cluster, had + 60);
  }

  @Test
  void itDoesNotWaitForOneThatSaysItHasTheBlocksAndGivesNone() {
    Cluster cluster = withoutTheLast(5);
    long had = cluster.nodes.get(3).height();
    prune(cluster, 1, 55);
    prune(cluster, 2, 55);
    cluster.filter = (from, message) -> from != 0 || !(message instanceof PeerMessage.Blocks);
    cluster.nodes.get(3).decided.clear();
    assertTheLastJoins(cluster, had + 60);
  }

  @Test
  void whoStillHasTheBlocksIsAskedForThem() {
    Cluster cluster = withoutTheLast(5);
    prune(cluster, 1, 55);
    prune(cluster, 2, 55);
    cluster.reaches = (_, _) -> true;
    cluster.until("caught up", () -> cluster.nodes.get(3).height() > 60);
    assertEquals(1, first(cluster, 3), "no block was skipped");
  }
}
