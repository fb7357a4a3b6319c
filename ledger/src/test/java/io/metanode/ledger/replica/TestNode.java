package io.metanode.ledger.replica;

import io.metanode.ledger.block.SealedBlock;
import io.metanode.ledger.ibft.KeyAuthenticity;
import io.metanode.ledger.state.AssetMachine;
import io.metanode.ledger.state.BlsPossession;
import io.metanode.ledger.store.MemoryKeyValues;
import io.metanode.ledger.store.TornDisk;
import io.metanode.ledger.transaction.Ed25519Check;
import io.metanode.ledger.transaction.Transaction;
import io.metanode.ledger.transaction.TransactionId;
import io.metanode.ledger.transaction.VerifiedTransaction;
import io.metanode.ledger.transaction.Verifier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One machine of a {@link Cluster}: carries out effects, and can crash and start again. */
final class TestNode {

  final Verifier verifier = new Verifier(new Ed25519Check(100), 10_000, Runnable::run);
  final List<SealedBlock> decided = new ArrayList<>();

  TornDisk blocks = new TornDisk();
  TornDisk votes = new TornDisk();
  MemoryKeyValues index = new MemoryKeyValues();

  private final Cluster cluster;
  private final int number;
  private final ReplicaOptions options;
  private @Nullable Replica replica;
  private int life;

  TestNode(Cluster cluster, int number, ReplicaOptions options) {
    this.cluster = cluster;
    this.number = number;
    this.options = options;
  }

  Replica replica() {
    return Objects.requireNonNull(replica);
  }

  long height() {
    return replica == null ? -1 : replica.chain().height();
  }

  void start() {
    AssetMachine machine =
        new AssetMachine(
            cluster.genesis.parameters().fees(),
            new BlsPossession(),
            new Equivocation(cluster.genesis.id(), new KeyAuthenticity()));
    try {
      replica =
          Replica.open(
              new ReplicaSetup(
                  cluster.genesis,
                  machine,
                  cluster.identities.get(number),
                  new KeyAuthenticity(),
                  blocks,
                  votes,
                  index,
                  cluster.clock,
                  options));
      carryOut(replica.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Loses everything that was not durable. */
  void crash() {
    replica = null;
    life++;
    blocks = blocks.copy();
    votes = votes.copy();
    index = index.crashed();
  }

  void wipe() {
    crash();
    blocks = new TornDisk();
    votes = new TornDisk();
    index = new MemoryKeyValues();
  }

  void handle(ReplicaEvent event) {
    if (replica == null) {
      return;
    }
    try {
      carryOut(replica.handle(event));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void submit(long request, Transaction... transactions) {
    handle(new ReplicaEvent.Submitted(request, List.of(transactions)));
  }

  private void carryOut(List<ReplicaEffect> effects) {
    effects.forEach(this::carryOut);
  }

  private void carryOut(ReplicaEffect effect) {
    switch (effect) {
      case ReplicaEffect.Send e -> cluster.send(number, cluster.index(e.to()), e.message());
      case ReplicaEffect.Broadcast e -> {
        for (int to = 0; to < cluster.nodes.size(); to++) {
          cluster.send(number, to, e.message());
        }
      }
      case ReplicaEffect.StartTimer e ->
          later(e.delayMillis(), new ReplicaEvent.Expired(e.timer()));
      case ReplicaEffect.Verify e -> later(1, verified(e.transactions()));
      case ReplicaEffect.Answer e -> cluster.answers.put(e.request(), e.admissions());
      case ReplicaEffect.Decided e -> decided.add(e.block());
      case ReplicaEffect.Misbehaved e -> cluster.misbehaviour.add(number + ": " + e.reason());
    }
  }

  private ReplicaEvent verified(List<Transaction> transactions) {
    List<VerifiedTransaction> good = new ArrayList<>();
    List<TransactionId> bad = new ArrayList<>();
    for (Transaction transaction : transactions) {
      Optional<VerifiedTransaction> verified = verifier.verify(transaction);
      verified.ifPresentOrElse(good::add, () -> bad.add(transaction.id()));
    }
    return new ReplicaEvent.Verified(good, bad);
  }

  private void later(long millis, ReplicaEvent event) {
    int current = life;
    cluster.after(
        millis,
        () -> {
          if (life == current) {
            handle(event);
          }
        });
  }
}
