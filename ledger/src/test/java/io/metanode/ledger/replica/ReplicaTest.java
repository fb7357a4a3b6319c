package io.metanode.ledger.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.foundation.Bytes;
import io.metanode.ledger.consensus.Height;
import io.metanode.ledger.ibft.QbftEngine;
import io.metanode.ledger.mempool.Admission;
import io.metanode.ledger.state.Account;
import io.metanode.ledger.state.StateKey;
import io.metanode.ledger.state.StoredValue;
import io.metanode.ledger.store.TornDisk;
import io.metanode.ledger.transaction.Transaction;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReplicaTest {

  private static long nex(Cluster cluster, int node, int account) {
    return cluster
        .nodes
        .get(node)
        .replica()
        .chain()
        .ledger()
        .state()
        .get(StateKey.account(cluster.account(account)))
        .map(value -> StoredValue.read(value, Account.class).amounts().nex())
        .orElse(0L);
  }

  private static boolean isDecided(Cluster cluster, int node, Transaction transaction) {
    try {
      return cluster.nodes.get(node).replica().chain().transaction(transaction.id()).isPresent();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean isDecidedByAll(Cluster cluster, Transaction transaction) {
    for (int i = 0; i < cluster.nodes.size(); i++) {
      if (!isDecided(cluster, i, transaction)) {
        return false;
      }
    }
    return true;
  }

  @Test
  void aValidatorAloneDecidesWhatItIsGiven() {
    Cluster cluster = new Cluster(1, 0);
    cluster.start();
    Transaction transfer = cluster.transfer(1, 2, 500);
    cluster.nodes.getFirst().submit(1, transfer);
    cluster.until("decided", () -> isDecidedByAll(cluster, transfer));
    assertEquals(List.of(Admission.ACCEPTED), cluster.answers.get(1L));
    assertEquals(2_000_500, nex(cluster, 0, 2));
  }

  @Test
  void fourValidatorsDecideWhatOneOfThemIsGivenAndVerifyItOnceEach() {
    Cluster cluster = new Cluster(4, 0);
    cluster.start();
    Transaction one = cluster.transfer(1, 2, 500);
    Transaction two = cluster.transfer(2, 3, 100);
    cluster.nodes.get(2).submit(1, one, two, one);
    cluster.until("decided", () -> isDecidedByAll(cluster, one) && isDecidedByAll(cluster, two));
    cluster.untilHeight(4, cluster.nodes.getFirst().height() + 2);
    assertEquals(
        List.of(Admission.ACCEPTED, Admission.ACCEPTED, Admission.DUPLICATE),
        cluster.answers.get(1L));
    for (int i = 0; i < 4; i++) {
      assertEquals(2_000_400, nex(cluster, i, 2));
      assertEquals(2, cluster.nodes.get(i).verifier.checks());
    }
    assertTrue(cluster.misbehaviour.isEmpty(), cluster.misbehaviour.toString());
  }

  /** It is submitted again while its signature is being checked. */
  @Test
  void ofTwoWhoSubmitTheSameOneIsTakenAndOneIsToldSo() {
    Cluster cluster = new Cluster(2, 0);
    cluster.start();
    Transaction transfer = cluster.transfer(1, 2, 500);
    cluster.nodes.getFirst().submit(1, transfer);
    cluster.nodes.getFirst().submit(2, transfer);
    cluster.until("answers", () -> cluster.answers.size() == 2);
    assertEquals(List.of(Admission.ACCEPTED), cluster.answers.get(1L));
    assertEquals(List.of(Admission.DUPLICATE), cluster.answers.get(2L));
    assertEquals(1, cluster.nodes.getFirst().verifier.checks());
  }

  /** Its signature is still being checked for the peer that gossiped it. */
  @Test
  void whatAPeerIsBringingIsADuplicate() {
    Cluster cluster = new Cluster(2, 0);
    cluster.start();
    Transaction known = cluster.transfer(1, 2, 600);
    cluster
        .nodes
        .get(1)
        .handle(
            new ReplicaEvent.Received(
                cluster.identities.getFirst().id(), new PeerMessage.Transactions(List.of(known))));
    cluster.nodes.get(1).submit(1, known);
    cluster.until("answered", () -> cluster.answers.containsKey(1L));
    assertEquals(List.of(Admission.DUPLICATE), cluster.answers.get(1L));
  }

  @Test
  void clientsBeyondWhatCanBeVerifiedAreTurnedAway() {
    Cluster cluster = new Cluster(1, 0, ReplicaTest::narrow);
    cluster.start();
    Transaction one = cluster.transfer(1, 2, 1);
    Transaction two = cluster.transfer(1, 2, 2);
    cluster.nodes.getFirst().submit(1, one, two);
    cluster.nodes.getFirst().submit(2, two);
    cluster.until("answers", () -> cluster.answers.size() == 2);
    assertEquals(List.of(Admission.ACCEPTED, Admission.OVERLOADED), cluster.answers.get(1L));
    assertEquals(List.of(Admission.OVERLOADED), cluster.answers.get(2L));
    assertEquals(Admission.Retry.LATER, Admission.OVERLOADED.retry());
  }

  private static ReplicaOptions narrow(ReplicaOptions o) {
    return new ReplicaOptions(
        o.timeouts(),
        o.idleMillis(),
        o.mempool(),
        1,
        o.blockBytes(),
        o.maxAheadMillis(),
        o.retryMillis(),
        o.store(),
        o.snapshotEvery(),
        o.snapshotBits(),
        o.syncBeyond());
  }

  @Test
  void aBadSignatureIsNotGossiped() {
    Cluster cluster = new Cluster(4, 0);
    cluster.start();
    Transaction forged = cluster.transfer(1, 2, 1).draft().with(new byte[64]);
    cluster.nodes.getFirst().submit(1, forged);
    cluster.until("answered", () -> cluster.answers.containsKey(1L));
    cluster.pass(3_000);
    assertEquals(List.of(Admission.BAD_SIGNATURE), cluster.answers.get(1L));
    assertEquals(0, cluster.nodes.get(1).verifier.checks());
  }

  @Test
  void whoVotedIsNotBornAgain() throws IOException {
    TornDisk votes = new TornDisk();
    Replica.birth(votes);
    Replica.birth(votes);
    try (VoteJournal journal = VoteJournal.open(votes)) {
      journal.write(Bytes.of(QbftEngine.blank(new Height(2))), Optional.empty());
    }
    assertThrows(IOException.class, () -> Replica.birth(votes));
  }
}
