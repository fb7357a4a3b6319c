package io.metanode.ledger.bench;

import io.metanode.crypto.PrivateKeySigner;
import io.metanode.foundation.Bytes;
import io.metanode.foundation.Bytes32;
import io.metanode.foundation.DecodingException;
import io.metanode.ledger.block.Block;
import io.metanode.ledger.block.BlockHeader;
import io.metanode.ledger.block.Body;
import io.metanode.ledger.block.Contents;
import io.metanode.ledger.block.SealedBlock;
import io.metanode.ledger.block.TickChain;
import io.metanode.ledger.mempool.Mempool;
import io.metanode.ledger.mempool.MempoolLimits;
import io.metanode.ledger.state.Amounts;
import io.metanode.ledger.state.Asset;
import io.metanode.ledger.state.AssetMachine;
import io.metanode.ledger.state.BlsPossession;
import io.metanode.ledger.state.Genesis;
import io.metanode.ledger.state.LedgerAccounts;
import io.metanode.ledger.state.LedgerState;
import io.metanode.ledger.state.Operation;
import io.metanode.ledger.state.Parameters;
import io.metanode.ledger.state.RecentAccounts;
import io.metanode.ledger.state.StateMachine;
import io.metanode.ledger.state.ValidatorKeys;
import io.metanode.ledger.state.ValidatorRoster;
import io.metanode.ledger.store.Chain;
import io.metanode.ledger.store.DirectoryDisk;
import io.metanode.ledger.store.RocksKeyValues;
import io.metanode.ledger.store.StoreOptions;
import io.metanode.ledger.transaction.AccountId;
import io.metanode.ledger.transaction.ChainTag;
import io.metanode.ledger.transaction.Ed25519Check;
import io.metanode.ledger.transaction.Transaction;
import io.metanode.ledger.transaction.TransactionDraft;
import io.metanode.ledger.transaction.VerifiedTransaction;
import io.metanode.ledger.transaction.Verifier;
import io.metanode.testkit.Gen;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Takes transfers of distinct senders through every stage of one validator on one thread, without
 * network and consensus, and prints the CPU time of each, in microseconds a transaction, as one
 * line of JSON. Arguments: accounts, blocks, transactions of a block.
 */
public final class LedgerBench {

  private static final int SENDERS = 2_000;

  private final Map<String, Long> nanos = new TreeMap<>();
  private final List<PrivateKeySigner> senders = new ArrayList<>();
  private final Genesis genesis;
  private final StateMachine machine;
  private final ChainTag chainTag;

  private LedgerBench(int accounts) {
    Gen gen = new Gen(1);
    TreeMap<AccountId, Amounts> balances = new TreeMap<>();
    Amounts rich = new Amounts(0, 1L << 40, 1L << 40, 0);
    for (int i = 0; i < SENDERS; i++) {
      senders.add(PrivateKeySigner.generate(gen));
      balances.put(TransactionDraft.accountOf(senders.getLast().publicKey()), rich);
    }
    for (int i = SENDERS; i < accounts; i++) {
      balances.put(new AccountId(Bytes32.of(gen.bytes(32))), rich);
    }
    ValidatorKeys validator = new ValidatorKeys(Bytes32.of(gen.bytes(32)), Bytes.of(gen.bytes(48)));
    genesis =
        new Genesis(
            Parameters.DEFAULT,
            1,
            balances.firstKey(),
            new ValidatorRoster(List.of(validator)),
            balances);
    chainTag = genesis.chain();
    machine =
        new AssetMachine(Parameters.DEFAULT.fees(), new BlsPossession(), _ -> Optional.empty());
  }

  /** A stage, which may fail. */
  @FunctionalInterface
  private interface Stage<T> {
    T run() throws IOException, DecodingException;
  }

  private <T> T timed(String stage, Stage<T> work) throws IOException, DecodingException {
    long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    T result = work.run();
    long spent = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
    nanos.merge(stage, spent, Long::sum);
    return result;
  }

  private List<Bytes> signed(int block, int size, List<AccountId> recipients) throws IOException {
    List<Bytes> encoded = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      int number = block * size + i;
      PrivateKeySigner sender = senders.get(number % SENDERS);
      AccountId to = recipients.get((int) ((number * 7_919L) % recipients.size()));
      Operation operation = new Operation.Transfer(Asset.NEX, to, 1);
      encoded.add(
          new TransactionDraft(
                  chainTag,
                  TransactionDraft.accountOf(sender.publicKey()),
                  number / SENDERS,
                  operation.category(),
                  5_000,
                  1L << 40,
                  operation.kind(),
                  operation.encode())
              .sign(sender)
              .encoded());
    }
    return encoded;
  }

  private void block(Chain chain, Mempool pool, Verifier verifier, List<Bytes> wire)
      throws IOException, DecodingException {
    List<Transaction> transactions =
        timed(
            "decode",
            () -> {
              List<Transaction> all = new ArrayList<>(wire.size());
              for (Bytes bytes : wire) {
                all.add(Transaction.decode(bytes));
              }
              return all;
            });
    List<VerifiedTransaction> verified =
        timed(
            "verify",
            () -> verifier.verify(transactions).stream().map(v -> v.orElseThrow()).toList());
    timed("mempool", () -> verified.stream().filter(v -> pool.add(v).isAccepted()).count());
    List<VerifiedTransaction> selected =
        timed("select", () -> pool.select(wire.size(), Long.MAX_VALUE));
    List<Transaction> chosen = selected.stream().map(VerifiedTransaction::transaction).toList();
    Block block = timed("assemble", () -> assemble(chain.ledger(), chosen));
    timed("machine", () -> chain.ledger().apply(machine, block, new RecentAccounts()));
    timed("append", () -> chain.append(new SealedBlock(block, Bytes.EMPTY)));
    timed(
        "decided",
        () -> {
          pool.decided(block.header().height(), chosen);
          return true;
        });
    if (pool.size() != 0 || chosen.size() != wire.size()) {
      throw new IllegalStateException("the block does not hold all that was offered");
    }
  }

  private Block assemble(LedgerState ledger, List<Transaction> transactions) {
    TickChain ticks = genesis.parameters().ticks();
    Contents contents =
        Block.contents(Body.EMPTY, transactions.stream().map(Transaction::id).toList());
    List<Bytes32> checkpoints = ticks.run(ledger.head().ticks(), contents);
    BlockHeader header =
        new BlockHeader(
            chainTag,
            ledger.head().height() + 1,
            0,
            ledger.head().id(),
            ledger.head().timeMillis() + 1,
            Bytes32.ZERO,
            contents,
            ledger.prior(machine),
            ticks.mark(checkpoints));
    return new Block(header, new Body(checkpoints, List.of()), transactions);
  }

  private void run(Path directory, int blocks, int size) throws IOException, DecodingException {
    List<AccountId> recipients = List.copyOf(genesis.accounts().keySet());
    Verifier verifier = new Verifier(new Ed25519Check(100_000), 200_000, Runnable::run);
    try (Chain chain =
        Chain.open(
            genesis,
            machine,
            new DirectoryDisk(directory.resolve("blocks")),
            new RocksKeyValues(directory.resolve("index")),
            StoreOptions.DEFAULT)) {
      Mempool pool =
          new Mempool(
              chainTag, MempoolLimits.DEFAULT, new LedgerAccounts(machine, chain::state), 0);
      for (int i = 0; i < blocks; i++) {
        if (i == blocks / 2) {
          nanos.clear();
        }
        block(chain, pool, verifier, signed(i, size, recipients));
      }
    }
    print((long) (blocks - blocks / 2) * size, recipients.size(), size);
  }

  private void print(long transactions, int accounts, int size) {
    StringBuilder line = new StringBuilder("{\"bench\":\"ledger-stages\"");
    line.append(",\"accounts\":").append(accounts).append(",\"blockSize\":").append(size);
    nanos.forEach(
        (stage, spent) ->
            line.append(",\"%sMicros\":%.2f".formatted(stage, spent / 1e3 / transactions)));
    System.out.println(line.append('}'));
  }

  public static void main(String[] args) throws IOException, DecodingException {
    int accounts = args.length > 0 ? Integer.parseInt(args[0]) : 100_000;
    int blocks = args.length > 1 ? Integer.parseInt(args[1]) : 60;
    int size = args.length > 2 ? Integer.parseInt(args[2]) : 1_000;
    Path directory = Files.createTempDirectory("ledger-bench");
    new LedgerBench(accounts).run(directory, blocks, size);
  }
}
