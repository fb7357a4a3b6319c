package io.metanode.ledger.replica;

import io.metanode.crypto.BlsSecretKey;
import io.metanode.crypto.PrivateKeySigner;
import io.metanode.crypto.SigningException;
import io.metanode.foundation.Bytes;
import io.metanode.foundation.Bytes32;
import io.metanode.foundation.DecodingException;
import io.metanode.ledger.block.TickChain;
import io.metanode.ledger.consensus.ValidatorId;
import io.metanode.ledger.ibft.KeyIdentity;
import io.metanode.ledger.mempool.Admission;
import io.metanode.ledger.state.Amounts;
import io.metanode.ledger.state.Asset;
import io.metanode.ledger.state.FeeRule;
import io.metanode.ledger.state.Genesis;
import io.metanode.ledger.state.Operation;
import io.metanode.ledger.state.Parameters;
import io.metanode.ledger.state.ValidatorKeys;
import io.metanode.ledger.state.ValidatorRoster;
import io.metanode.ledger.transaction.AccountId;
import io.metanode.ledger.transaction.Transaction;
import io.metanode.ledger.transaction.TransactionDraft;
import io.metanode.testkit.Gen;
import io.metanode.testkit.VirtualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/** Replicas with real keys in one process: what is sent arrives a virtual millisecond later. */
final class Cluster {

  static final long FEE = 10_000;
  private static final int ACCOUNTS = 6;

  private record Due(long at, long number, Runnable action) {}

  final List<PrivateKeySigner> accounts = new ArrayList<>();
  final List<KeyIdentity> identities = new ArrayList<>();
  final List<ValidatorKeys> keys = new ArrayList<>();
  final List<TestNode> nodes = new ArrayList<>();
  final Genesis genesis;
  final VirtualClock clock = new VirtualClock();
  final Map<Long, List<Admission>> answers = new HashMap<>();

  /** Whether a message from one validator, by number, reaches another. */
  BiPredicate<Integer, Integer> reaches = (_, _) -> true;

  /** Whether messages like this arrive. */
  BiPredicate<Integer, PeerMessage> filter = (_, _) -> true;

  /** Sees everything that is sent. */
  BiConsumer<Integer, PeerMessage> observer = (_, _) -> {};

  final Set<String> misbehaviour = new HashSet<>();

  private final Map<AccountId, Long> sequences = new HashMap<>();
  private final PriorityQueue<Due> due =
      new PriorityQueue<>(Comparator.comparingLong(Due::at).thenComparingLong(Due::number));
  private long now;
  private long numbers;

  /** So many validators at work, and as many more identities that are none yet. */
  Cluster(int validators, int others) {
    this(validators, others, UnaryOperator.identity());
  }

  Cluster(int validators, int others, UnaryOperator<ReplicaOptions> options) {
    Gen gen = new Gen(7);
    TreeMap<AccountId, Amounts> amounts = new TreeMap<>();
    for (int i = 0; i < ACCOUNTS; i++) {
      accounts.add(PrivateKeySigner.generate(gen));
      amounts.put(account(i), new Amounts(1_000, 2_000_000, 1_000_000_000L, 3_000));
    }
    for (int i = 0; i < validators + others; i++) {
      PrivateKeySigner signer = PrivateKeySigner.generate(gen);
      BlsSecretKey seal = BlsSecretKey.generate(gen);
      identities.add(new KeyIdentity(signer, seal));
      keys.add(
          new ValidatorKeys(
              Bytes32.of(signer.publicKey().bytes()), Bytes.of(seal.publicKey().bytes())));
    }
    genesis =
        new Genesis(
            new Parameters(new FeeRule(1_000, 1), new TickChain(64, 16), 64),
            1_000_000L,
            account(0),
            new ValidatorRoster(keys.subList(0, validators).stream().sorted().toList()),
            amounts);
    for (int i = 0; i < validators + others; i++) {
      nodes.add(new TestNode(this, i, options.apply(ReplicaOptions.DEFAULT)));
    }
  }

  AccountId account(int i) {
    return TransactionDraft.accountOf(accounts.get(i).publicKey());
  }

  Transaction transfer(int from, int to, long amount) {
    return next(from, new Operation.Transfer(Asset.NEX, account(to), amount));
  }

  /** A transaction with the sender's next sequence. */
  Transaction next(int from, Operation operation) {
    long sequence = sequences.merge(account(from), 1L, Long::sum) - 1;
    return sign(from, sequence, operation);
  }

  Transaction sign(int from, long sequence, Operation operation) {
    TransactionDraft draft =
        new TransactionDraft(
            genesis.chain(),
            account(from),
            sequence,
            operation.category(),
            FEE,
            1_000_000,
            operation.kind(),
            operation.encode());
    try {
      return draft.sign(accounts.get(from));
    } catch (SigningException e) {
      throw new AssertionError(e);
    }
  }

  void start() {
    nodes.forEach(TestNode::start);
  }

  void after(long millis, Runnable action) {
    due.add(new Due(now + millis, numbers++, action));
  }

  /** Sends as bytes, as a link would. */
  void send(int from, int to, PeerMessage message) {
    observer.accept(from, message);
    if (from == to || !reaches.test(from, to) || !filter.test(from, message)) {
      return;
    }
    Bytes bytes = PeerMessageCodec.encode(message);
    after(
        1,
        () -> {
          try {
            nodes
                .get(to)
                .handle(
                    new ReplicaEvent.Received(
                        identities.get(from).id(), PeerMessageCodec.decode(bytes)));
          } catch (DecodingException e) {
            throw new AssertionError(e);
          }
        });
  }

  int index(ValidatorId id) {
    for (int i = 0; i < identities.size(); i++) {
      if (identities.get(i).id().equals(id)) {
        return i;
      }
    }
    throw new AssertionError("nobody is " + id);
  }

  /** Lets time pass until something holds; fails after a virtual minute. */
  void until(String what, BooleanSupplier holds) {
    long limit = now + 60_000;
    while (!holds.getAsBoolean()) {
      Due next = due.poll();
      if (next == null || next.at() > limit) {
        throw new AssertionError("never: " + what + "; heights " + heights());
      }
      clock.advance(Duration.ofMillis(next.at() - now));
      now = next.at();
      next.action().run();
    }
  }

  void pass(long millis) {
    boolean[] over = {false};
    after(millis, () -> over[0] = true);
    until("time", () -> over[0]);
  }

  List<Long> heights() {
    return nodes.stream().map(TestNode::height).toList();
  }

  /** Until the first {@code count} nodes decided a height. */
  void untilHeight(int count, long height) {
    until(
        "height " + height,
        () -> nodes.subList(0, count).stream().allMatch(n -> n.height() >= height));
  }
}
