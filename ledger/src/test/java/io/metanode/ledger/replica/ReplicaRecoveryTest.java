package io.metanode.ledger.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.foundation.Bytes;
import io.metanode.foundation.Digest;
import io.metanode.ledger.block.SealedBlock;
import io.metanode.ledger.consensus.Height;
import io.metanode.ledger.consensus.Round;
import io.metanode.ledger.ibft.KeyIdentity;
import io.metanode.ledger.ibft.Message;
import io.metanode.ledger.ibft.MessageCodec;
import io.metanode.ledger.ibft.Payload;
import io.metanode.ledger.ibft.PayloadCodec;
import io.metanode.ledger.ibft.Signed;
import io.metanode.ledger.mempool.MempoolLimits;
import io.metanode.ledger.state.AssetMachine;
import io.metanode.ledger.state.LedgerState;
import io.metanode.ledger.state.Operation;
import io.metanode.ledger.state.SupplyAudit;
import io.metanode.ledger.store.StoreOptions;
import io.metanode.ledger.transaction.Transaction;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplicaRecoveryTest {

  private static boolean isDecided(Cluster cluster, int node, Transaction transaction) {
    try {
      return cluster.nodes.get(node).replica().chain().transaction(transaction.id()).isPresent();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void assertSameStates(Cluster cluster) {
    cluster.until("equal heights", () -> cluster.heights().stream().distinct().count() == 1);
    assertEquals(
        1,
        cluster.nodes.stream()
            .map(n -> n.replica().chain().ledger().state().root())
            .distinct()
            .count());
    cluster.nodes.forEach(n -> SupplyAudit.check(n.replica().chain().ledger().state()));
  }

  private static ReplicaOptions syncing(ReplicaOptions options) {
    return new ReplicaOptions(
        options.timeouts(),
        100,
        MempoolLimits.DEFAULT,
        options.mostVerifying(),
        options.blockBytes(),
        options.maxAheadMillis(),
        options.retryMillis(),
        StoreOptions.DEFAULT,
        10,
        4,
        5);
  }

  @Test
  void aValidatorThatWasCutOffFetchesTheBlocksItMissed() {
    Cluster cluster = new Cluster(4, 0, o -> idleless(o));
    cluster.start();
    cluster.untilHeight(4, 2);
    cluster.reaches = (from, to) -> from != 3 && to != 3;
    Transaction transfer = cluster.transfer(1, 2, 5);
    cluster.nodes.getFirst().submit(1, transfer);
    cluster.untilHeight(3, 150);
    assertTrue(cluster.nodes.get(3).height() < 10);
    cluster.reaches = (_, _) -> true;
    cluster.until("caught up", () -> isDecided(cluster, 3, transfer));
    assertSameStates(cluster);
    assertTrue(cluster.misbehaviour.isEmpty(), cluster.misbehaviour.toString());
  }

  private static ReplicaOptions idleless(ReplicaOptions o) {
    ReplicaOptions s = syncing(o);
    return new ReplicaOptions(
        s.timeouts(),
        100,
        s.mempool(),
        s.mostVerifying(),
        s.blockBytes(),
        s.maxAheadMillis(),
        s.retryMillis(),
        s.store(),
        10,
        4,
        1_000_000);
  }

  @Test
  void aWipedValidatorTakesASnapshotAndVotesAgain() {
    Cluster cluster = new Cluster(4, 0, ReplicaRecoveryTest::syncing);
    cluster.start();
    Transaction transfer = cluster.transfer(1, 2, 5);
    cluster.nodes.getFirst().submit(1, transfer);
    cluster.untilHeight(4, 25);
    cluster.nodes.get(3).wipe();
    cluster.untilHeight(3, 45);
    cluster.nodes.get(3).decided.clear();
    cluster.nodes.get(3).start();
    cluster.until("synced, and silent no more", () -> cluster.nodes.get(3).height() > 50);
    assertTrue(
        cluster.nodes.get(3).decided.getFirst().block().header().height() > 30,
        "it should not have fetched every block");
    cluster.nodes.get(2).crash();
    long height = cluster.nodes.getFirst().height();
    cluster.until("its vote counts", () -> cluster.nodes.getFirst().height() > height + 4);
    cluster.nodes.get(2).start();
    assertSameStates(cluster);
  }

  @Test
  void allCrashAtOnceAndNothingDecidedIsLost() {
    Cluster cluster = new Cluster(4, 0);
    cluster.start();
    List<Transaction> transfers = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      transfers.add(cluster.transfer(1, 2, 5));
    }
    cluster.nodes.getFirst().submit(1, transfers.toArray(Transaction[]::new));
    cluster.until("decided by one", () -> isDecided(cluster, 0, transfers.getLast()));
    cluster.nodes.forEach(TestNode::crash);
    cluster.nodes.forEach(TestNode::start);
    cluster.until("decided by all", () -> isDecided(cluster, 3, transfers.getLast()));
    cluster.untilHeight(4, cluster.nodes.getFirst().height() + 2);
    assertSameStates(cluster);
  }

  /** The transactions of a block that some are locked on are in nobody's mempool after this. */
  @Test
  void aLockedBlockSurvivesTheCrashOfAll() {
    Cluster cluster = new Cluster(4, 0);
    cluster.start();
    cluster.untilHeight(4, 1);
    Transaction transfer = cluster.transfer(1, 2, 5);
    boolean[] committing = {false};
    cluster.observer =
        (from, message) -> {
          if (message instanceof PeerMessage.Consensus(var bytes)
              && MessageCodec.decode(bytes.toArray()).orElseThrow()
                  instanceof Message.CommitMessage) {
            committing[0] |= cluster.nodes.get(from).replica().waiting() > 0;
          }
        };
    cluster.reaches = (_, _) -> !committing[0];
    cluster.nodes.getFirst().submit(1, transfer);
    cluster.until("a lock", () -> committing[0]);
    cluster.nodes.forEach(TestNode::crash);
    cluster.observer = (_, _) -> {};
    cluster.reaches = (_, _) -> true;
    cluster.nodes.forEach(TestNode::start);
    cluster.until("decided", () -> isDecided(cluster, 3, transfer));
    assertSameStates(cluster);
  }

  @Test
  void transactionsThatGossipLostAreFetchedForTheProposal() {
    Cluster cluster = new Cluster(4, 0);
    cluster.filter = (_, message) -> !(message instanceof PeerMessage.Transactions);
    cluster.start();
    Transaction transfer = cluster.transfer(1, 2, 5);
    cluster.nodes.getFirst().submit(1, transfer);
    cluster.pass(10);
    cluster.filter = (_, _) -> true;
    cluster.until("decided", () -> isDecided(cluster, 3, transfer));
    cluster.nodes.forEach(n -> assertEquals(1, n.verifier.checks()));
  }

  @Test
  void evidenceCostsTheSeatTwoHeightsAfterItsBlock() {
    Cluster cluster = new Cluster(4, 0, ReplicaRecoveryTest::idleless);
    cluster.start();
    cluster.untilHeight(4, 1);
    cluster
        .nodes
        .get(1)
        .submit(1, cluster.next(1, new Operation.BondStake(cluster.keys.get(3).key(), 400)));
    cluster.untilHeight(4, 3);
    contradict(cluster, cluster.identities.get(3));
    cluster.until("removed", () -> members(cluster) == 3);
    cluster.pass(2_000);
    List<SealedBlock> convicting =
        cluster.nodes.getFirst().decided.stream()
            .filter(b -> !b.block().body().evidence().isEmpty())
            .toList();
    assertEquals(1, convicting.size());
    assertEquals(1, convicting.getFirst().block().body().evidence().size());
    assertSameStates(cluster);
  }

  private static int members(Cluster cluster) {
    LedgerState ledger = cluster.nodes.getFirst().replica().chain().ledger();
    return AssetMachine.plan(ledger.state()).at(ledger.head().height() + 1).members().size();
  }

  /** Two prepares of one round, for blocks that are none. */
  private static void contradict(Cluster cluster, KeyIdentity author) {
    Height height = new Height(cluster.nodes.getFirst().height() + 1);
    for (byte fill = 1; fill <= 2; fill++) {
      byte[] digest = new byte[32];
      Arrays.fill(digest, fill);
      var vote = new Payload.PreparePayload(height, Round.ZERO, Digest.ofBytes(digest));
      byte[] signed = PayloadCodec.signingBytes(cluster.genesis.id(), vote);
      Message message =
          new Message.PrepareMessage(new Signed<>(vote, author.id(), author.sign(signed)));
      for (int to = 0; to < 3; to++) {
        cluster.send(3, to, new PeerMessage.Consensus(Bytes.of(MessageCodec.encode(message))));
      }
    }
  }

  @Test
  void aLinkThatComesUpCarriesTheLastVotes() {
    Cluster cluster = new Cluster(4, 0);
    cluster.start();
    cluster.untilHeight(4, 1);
    cluster.reaches = (_, _) -> false;
    cluster.nodes.getFirst().submit(1, cluster.transfer(1, 2, 5));
    cluster.pass(4_000);
    List<PeerMessage> sent = new ArrayList<>();
    cluster.observer = (_, message) -> sent.add(message);
    cluster.nodes.getFirst().handle(new ReplicaEvent.Connected(cluster.identities.get(1).id()));
    long votes = sent.stream().filter(PeerMessage.Consensus.class::isInstance).count();
    assertTrue(votes > 0 && votes <= 4, sent.toString());
  }

  @Test
  void aLinkThatComesUpCarriesWhatGossipMissed() {
    Cluster cluster = new Cluster(4, 0);
    cluster.start();
    cluster.untilHeight(4, 1);
    cluster.reaches = (_, _) -> false;
    Transaction transfer = cluster.transfer(1, 2, 5);
    cluster.nodes.getFirst().submit(1, transfer);
    cluster.pass(100);
    cluster.reaches = (_, _) -> true;
    assertEquals(0, cluster.nodes.get(1).replica().waiting());
    cluster.nodes.getFirst().handle(new ReplicaEvent.Connected(cluster.identities.get(1).id()));
    cluster.until(
        "it waits there too, or is decided",
        () -> cluster.nodes.get(1).replica().waiting() == 1 || isDecided(cluster, 1, transfer));
  }

  @Test
  void whoSendsAProposalThatItsAuthorDidNotSignIsNamed() {
    Cluster cluster = new Cluster(4, 0);
    cluster.start();
    cluster.observer =
        (from, message) -> {
          if (message instanceof PeerMessage.Consensus(Bytes bytes)
              && bytes.at(0) == 1
              && cluster.misbehaviour.isEmpty()) {
            byte[] forged = bytes.toArray();
            forged[40] ^= 1;
            cluster.after(
                2,
                () ->
                    cluster.nodes.forEach(
                        node ->
                            node.handle(
                                new ReplicaEvent.Received(
                                    cluster.identities.get(from).id(),
                                    new PeerMessage.Consensus(Bytes.of(forged))))));
          }
        };
    cluster.nodes.getFirst().submit(1, cluster.transfer(1, 2, 5));
    cluster.until("it is named", () -> !cluster.misbehaviour.isEmpty());
    assertTrue(
        cluster.misbehaviour.stream().anyMatch(m -> m.contains("did not sign")),
        cluster.misbehaviour.toString());
  }
}
