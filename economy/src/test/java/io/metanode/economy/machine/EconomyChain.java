package io.metanode.economy.machine;

import io.metanode.crypto.BlsSecretKey;
import io.metanode.economy.EconomyModule;
import io.metanode.economy.accounts.Account;
import io.metanode.economy.accounts.AccountId;
import io.metanode.economy.accounts.AccountLedger;
import io.metanode.economy.accounts.TransferId;
import io.metanode.economy.money.Amount;
import io.metanode.economy.money.Token;
import io.metanode.foundation.Bytes;
import io.metanode.foundation.Bytes32;
import io.metanode.ledger.ModuleContext;
import io.metanode.ledger.ModuleReader;
import io.metanode.ledger.ModuleState;
import io.metanode.ledger.block.TickChain;
import io.metanode.ledger.state.Amounts;
import io.metanode.ledger.state.Applied;
import io.metanode.ledger.state.AssetMachine;
import io.metanode.ledger.state.BlockContext;
import io.metanode.ledger.state.FeeRule;
import io.metanode.ledger.state.Genesis;
import io.metanode.ledger.state.Parameters;
import io.metanode.ledger.state.StateKey;
import io.metanode.ledger.state.StateTree;
import io.metanode.ledger.state.SupplyAudit;
import io.metanode.ledger.state.TransactionResult;
import io.metanode.ledger.state.ValidatorKeys;
import io.metanode.ledger.state.ValidatorRoster;
import io.metanode.ledger.transaction.Transaction;
import io.metanode.ledger.transaction.TransactionClass;
import io.metanode.ledger.transaction.TransactionDraft;
import io.metanode.testkit.Gen;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The ledger's real state machine with the economy, fed block by block; nobody signs. */
final class EconomyChain {

  static final long START = 1_767_225_600_000L;
  static final long FEE = 10_000;
  static final long WALLET = 1_000_000_000_000L;

  private static final byte[] SIGNATURE = new byte[64];

  final Genesis genesis;
  final AssetMachine machine;
  final List<Recorded> blocks = new ArrayList<>();
  StateTree state;
  long now = START;

  private final Map<Bytes32, Long> sequences = new HashMap<>();

  /** What was done, to do it again elsewhere. */
  record Recorded(BlockContext context, List<Transaction> transactions) {}

  /** An operation of a sender. */
  record Ask(Bytes32 sender, TransactionClass category, int kind, Bytes payload) {

    Ask(Bytes32 sender, Operation operation) {
      this(
          sender,
          TransactionClass.ofCode(operation.category()).orElseThrow(),
          operation.kind(),
          operation.encode());
    }
  }

  EconomyChain(int people) {
    TreeMap<io.metanode.ledger.transaction.AccountId, Amounts> wallets = new TreeMap<>();
    for (int i = 0; i < people; i++) {
      wallets.put(
          new io.metanode.ledger.transaction.AccountId(person(i)),
          new Amounts(i == 0 ? 10 * WALLET : WALLET, WALLET, WALLET, 0));
    }
    Gen gen = new Gen(1);
    ValidatorKeys validator =
        new ValidatorKeys(
            new Bytes32(1, 2, 3, 4), Bytes.of(BlsSecretKey.generate(gen).publicKey().bytes()));
    genesis =
        new Genesis(
            new Parameters(new FeeRule(1_000, 1), new TickChain(64, 16), 1024),
            START,
            new io.metanode.ledger.transaction.AccountId(person(0)),
            new ValidatorRoster(List.of(validator)),
            wallets);
    machine =
        new AssetMachine(
            genesis.parameters().fees(),
            (_, _) -> true,
            _ -> Optional.empty(),
            new EconomyModule());
    state = genesis.state();
    block();
  }

  static Bytes32 person(int number) {
    return new Bytes32(number + 1, 7, 7, 7);
  }

  static AccountId account(int person, Token token) {
    return Names.account(person(person), token, 0);
  }

  static TransferId reference(long number) {
    return new TransferId(new Bytes32(9, 9, 9, number));
  }

  static Ask steps(int person, Step... steps) {
    return new Ask(person(person), new Operation.DoSteps(new Batch(List.of(steps))));
  }

  private Transaction transaction(Ask ask) {
    long sequence = sequences.merge(ask.sender(), 1L, Long::sum) - 1;
    return new TransactionDraft(
            genesis.chain(),
            new io.metanode.ledger.transaction.AccountId(ask.sender()),
            sequence,
            ask.category(),
            100 * FEE,
            1L << 40,
            ask.kind(),
            ask.payload())
        .with(SIGNATURE);
  }

  /** A block a tenth of a second after the one before; the results of its transactions. */
  List<Integer> block(Ask... asks) {
    now += 100;
    BlockContext context = new BlockContext(genesis.chain(), blocks.size() + 1, now, List.of());
    List<Transaction> transactions = Stream.of(asks).map(this::transaction).toList();
    blocks.add(new Recorded(context, transactions));
    Applied applied = machine.apply(context, transactions, state);
    state = state.with(applied.changes());
    return applied.results().stream().map(TransactionResult::code).toList();
  }

  /** The result of a block with one operation. */
  int perform(int person, Operation operation) {
    return block(new Ask(person(person), operation)).getFirst();
  }

  /** A fact of the state, as the next block would find it. */
  Session session() {
    return new Session(
        new ModuleContext(blocks.size() + 1, now), (ModuleState) AssetMachine.read(state));
  }

  /** Opens an account of GEN that is locked for long, and fills it: it may vote. */
  AccountId voter(int person, long units) {
    AccountId account = Names.account(person(person), Token.GEN, 9);
    int code =
        perform(
            person,
            new Step.Open(Token.GEN, 9, false, now + 100L * 86_400_000),
            new Step.Deposit(reference(-9), account, Token.GEN, new Amount(units)));
    if (code != 0) {
      throw new IllegalStateException("no voter: " + code);
    }
    return account;
  }

  /** Decides a change by the GEN of person 0, who has most of it, and enacts it. */
  void enact(long reference, AccountId voter, Change change) {
    Bytes32 name = new Bytes32(5, 5, 5, reference);
    Bytes32 proposal = Proposal.id(person(0), name);
    List<Integer> codes = new ArrayList<>();
    codes.add(perform(0, new Operation.Propose(name, voter, change)));
    codes.add(perform(0, new Operation.Close(proposal)));
    if (change.waits()) {
      now += session().rules().voting().timelockMillis();
      codes.add(perform(0, new Operation.Close(proposal)));
    }
    if (codes.stream().anyMatch(code -> code != 0)) {
      throw new IllegalStateException("not enacted: " + codes);
    }
  }

  /** The result of a block with one batch of steps. */
  int perform(int person, Step... steps) {
    return block(steps(person, steps)).getFirst();
  }

  /** Does all of it again, from the genesis on. */
  Bytes32 replayed() {
    StateTree again = genesis.state();
    for (Recorded block : blocks) {
      again = again.with(machine.apply(block.context(), block.transactions(), again).changes());
    }
    return again.root();
  }

  ModuleReader reader() {
    return AssetMachine.read(state);
  }

  AccountLedger ledger() {
    return new AccountLedger(new StateEntries(reader()));
  }

  Account account(AccountId id) {
    return ledger().account(id).orElseThrow();
  }

  long available(AccountId id) {
    return account(id).available().units();
  }

  long wallet(int person, Token token) {
    return reader().wallet(person(person), token.code());
  }

  StateAudit audit() {
    StateAudit audit = new StateAudit();
    state.forEach(
        (key, value) -> {
          if (value.at(0) >= 16) {
            audit.read(key.toString(), value);
          }
        });
    return audit;
  }

  /** What is wrong with the state; nothing if all is well. */
  List<String> faults() {
    Amounts held = SupplyAudit.check(state);
    return audit().faults(List.of(held.gen(), held.nex(), held.flx(), held.aur()));
  }

  /** The state with a value of the economy in place of another, as no operation leaves it. */
  void forge(int namespace, Bytes32 key, Bytes value) {
    state =
        state.with(
            List.of(
                io.metanode.ledger.state.StateChange.put(StateKey.module(namespace, key), value)));
  }
}
