package io.metanode.simulation;

import io.metanode.ledger.mempool.Admission;
import io.metanode.ledger.replica.ReplicaEvent;
import io.metanode.ledger.state.Asset;
import io.metanode.ledger.state.Operation;
import io.metanode.ledger.transaction.Transaction;
import io.metanode.testkit.Gen;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

/**
 * Users of the ledger: each makes one batch of transfers after another, gives it to some validator,
 * and to another one when it takes too long. Sometimes they offer what nobody may take.
 */
final class Clients {

  private static final long PATIENCE_MILLIS = 700;
  private static final int MOST = 4;

  private final ReplicaWorld world;
  private final Gen gen;
  private final List<List<Transaction>> outstanding = new ArrayList<>();
  private final long[] sequences = new long[Money.ACCOUNTS];
  private final Queue<Operation> governance = new ArrayDeque<>();
  private long requests;

  Clients(ReplicaWorld world, Gen gen) {
    this.world = world;
    this.gen = gen;
    for (int i = 0; i < Money.ACCOUNTS; i++) {
      outstanding.add(List.of());
    }
  }

  void start() {
    for (int i = 0; i < Money.ACCOUNTS; i++) {
      int account = i;
      world.after(gen.between(0, 100), () -> act(account));
    }
  }

  /** What the governor is to order next. */
  void order(Operation operation) {
    governance.add(operation);
  }

  private void act(int account) {
    List<Transaction> open = outstanding.get(account);
    if (open.stream().allMatch(t -> world.auditor().isDecided(t.id()))) {
      open = batch(account);
      outstanding.set(account, open);
    }
    submit(open);
    if (gen.oneIn(10)) {
      submit(List.of(forged(account)));
    }
    world.after(gen.between(PATIENCE_MILLIS / 4, PATIENCE_MILLIS), () -> act(account));
  }

  private List<Transaction> batch(int account) {
    List<Transaction> batch = new ArrayList<>();
    Optional<Operation> order =
        account == 0 ? Optional.ofNullable(governance.poll()) : Optional.empty();
    order.ifPresent(operation -> batch.add(sign(account, operation)));
    for (int i = gen.intBetween(1, MOST); i > 0; i--) {
      int to = (account + gen.intBetween(1, Money.ACCOUNTS - 1)) % Money.ACCOUNTS;
      Asset asset = gen.pick(Asset.GEN, Asset.NEX, Asset.FLX, Asset.AUR);
      batch.add(
          sign(account, new Operation.Transfer(asset, Money.account(to), gen.between(1, 4_000))));
    }
    return batch;
  }

  private Transaction sign(int account, Operation operation) {
    return Money.sign(world.genesis(), account, sequences[account]++, operation);
  }

  private Transaction forged(int account) {
    Operation theft =
        new Operation.Transfer(Asset.NEX, Money.account(0), gen.between(1, 1_000_000));
    return Money.sign(world.genesis(), account, sequences[account], theft)
        .draft()
        .with(gen.bytes(64));
  }

  private void submit(List<Transaction> batch) {
    world.anyMachine(gen).handle(new ReplicaEvent.Submitted(++requests, batch));
  }

  void answered(long request, List<Admission> admissions) {
    world.note((int) request, admissions.toString());
  }
}
