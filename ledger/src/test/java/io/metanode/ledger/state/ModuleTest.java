package io.metanode.ledger.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.foundation.Bytes;
import io.metanode.foundation.Bytes32;
import io.metanode.ledger.LedgerModule;
import io.metanode.ledger.ModuleContext;
import io.metanode.ledger.ModuleReader;
import io.metanode.ledger.ModuleState;
import io.metanode.ledger.TestChain;
import io.metanode.ledger.transaction.Transaction;
import io.metanode.ledger.transaction.TransactionClass;
import io.metanode.ledger.transaction.TransactionDraft;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What a ledger lets its module do, by one that counts, pays and fails on demand. */
class ModuleTest {

  private static final int COUNT = 40;
  private static final int PAY = 41;
  private static final Bytes32 KEY = new Bytes32(1, 2, 3, 4);
  private static final Bytes32 BEGUN = new Bytes32(5, 6, 7, 8);

  private final TestChain chain = new TestChain(1, 3, 1);
  private final AssetMachine machine =
      new AssetMachine(
          chain.genesis.parameters().fees(),
          new BlsPossession(),
          _ -> Optional.empty(),
          new Counter());
  private StateTree state = chain.genesis.state();
  private long height;
  private long sequence;

  /** Counts blocks and operations; a payload of one byte is what it answers. */
  private static final class Counter implements LedgerModule {

    @Override
    public String name() {
      return "counter";
    }

    @Override
    public Optional<String> genesisFault(List<Long> wallets) {
      return Optional.empty();
    }

    @Override
    public OptionalInt category(int kind, Bytes payload) {
      return (kind == COUNT || kind == PAY) && payload.length() == 1
          ? OptionalInt.of(TransactionClass.SETTLEMENT.code())
          : OptionalInt.empty();
    }

    @Override
    public void begin(ModuleContext context, ModuleState state) {
      state.put(16, BEGUN, Bytes.of((byte) 16, (byte) context.height()));
    }

    @Override
    public int perform(
        ModuleContext context, Bytes32 sender, int kind, Bytes payload, ModuleState state) {
      if (kind == PAY) {
        state.take(sender, Asset.NEX.code(), 5);
        state.give(KEY, Asset.NEX.code(), 3);
      }
      int before = state.get(17, KEY).map(value -> (int) value.at(1)).orElse(0);
      state.put(17, KEY, Bytes.of((byte) 17, (byte) (before + 1)));
      state.remove(16, BEGUN);
      return payload.at(0) == 0 ? 0 : payload.at(0) == 1 ? 300 : 99;
    }

    @Override
    public Optional<String> resultName(int code) {
      return Optional.empty();
    }

    @Override
    public Optional<Found> find(List<String> path, ModuleReader state) {
      return Optional.empty();
    }
  }

  private Transaction operation(TransactionClass category, int kind, int... payload) {
    byte[] bytes = new byte[payload.length];
    for (int i = 0; i < payload.length; i++) {
      bytes[i] = (byte) payload[i];
    }
    return chain.sign(
        new TransactionDraft(
            chain.genesis.chain(),
            chain.account(0),
            sequence++,
            category,
            TestChain.FEE,
            1_000,
            kind,
            Bytes.of(bytes)));
  }

  private Transaction operation(int kind, int... payload) {
    return operation(TransactionClass.SETTLEMENT, kind, payload);
  }

  private int apply(Transaction transaction) {
    BlockContext context = new BlockContext(chain.genesis.chain(), ++height, 1_000, List.of());
    Applied applied = machine.apply(context, List.of(transaction), state);
    state = state.with(applied.changes());
    return applied.results().getFirst().code();
  }

  private ModuleReader reader() {
    return AssetMachine.read(state);
  }

  private Optional<Bytes> counted() {
    return reader().get(17, KEY);
  }

  @Test
  void whatSucceedsIsKept() {
    assertEquals(0, apply(operation(COUNT, 0)));
    assertEquals(0, apply(operation(COUNT, 0)));
    assertEquals(Optional.of(Bytes.of((byte) 17, (byte) 2)), counted());
    assertEquals(Optional.empty(), reader().get(16, BEGUN), "removed after the block began");
    assertEquals(state.get(StateKey.module(17, KEY)), counted());
  }

  @Test
  void whatFailsLeavesTheFeeAndTheBeginningOfTheBlock() {
    long fees = reader().wallet(ModuleReader.FEES, Asset.FLX.code());
    assertEquals(300, apply(operation(PAY, 1)));
    assertEquals(Optional.empty(), counted());
    assertEquals(Optional.of(Bytes.of((byte) 16, (byte) 1)), reader().get(16, BEGUN));
    assertEquals(0, reader().wallet(KEY, Asset.NEX.code()));
    assertEquals(fees + TestChain.FEE, reader().wallet(ModuleReader.FEES, Asset.FLX.code()));
    assertEquals(0, apply(operation(COUNT, 0)), "the sequence was used");
  }

  @Test
  void whatLeavesWalletsLeavesTheSupply() {
    long before = reader().wallets(Asset.NEX.code());
    assertEquals(0, apply(operation(PAY, 0)));
    assertEquals(before - 2, reader().wallets(Asset.NEX.code()));
    assertEquals(3, reader().wallet(KEY, Asset.NEX.code()));
    assertEquals(before - 2, SupplyAudit.check(state).nex());
  }

  @Test
  void itsCodesAreItsOwn() {
    assertThrows(IllegalStateException.class, () -> apply(operation(COUNT, 2)));
  }

  @Test
  void malformedAndMisplacedOperationsAreRefusedBeforeItSeesThem() {
    Transaction unknown = operation(63, 0);
    Transaction malformed = operation(COUNT, 0, 0);
    Transaction misplaced = operation(TransactionClass.POE, COUNT, 0);
    assertEquals(Status.PAYLOAD_MALFORMED.code(), machine.precheck(unknown));
    assertEquals(Status.CLASS_MISMATCH.code(), machine.precheck(misplaced));
    assertEquals(Status.PAYLOAD_MALFORMED.code(), apply(unknown));
    assertEquals(Status.PAYLOAD_MALFORMED.code(), apply(malformed));
    assertEquals(Status.CLASS_MISMATCH.code(), apply(misplaced));
    assertEquals(Optional.empty(), counted());
  }

  @Test
  void aChainWithoutAModuleKnowsNoneOfItsKinds() {
    assertEquals(Status.PAYLOAD_MALFORMED.code(), chain.machine.precheck(operation(COUNT, 0)));
  }

  @Test
  void itsValuesAreApartFromTheLedgers() {
    ModuleState view = (ModuleState) reader();
    Bytes value = Bytes.of((byte) 16);
    assertThrows(IllegalArgumentException.class, () -> view.put(15, KEY, value));
    assertThrows(IllegalArgumentException.class, () -> view.put(16, KEY, Bytes.of((byte) 15)));
    assertThrows(IllegalArgumentException.class, () -> StateKey.module(15, KEY));
    assertThrows(IllegalArgumentException.class, () -> view.take(KEY, Asset.NEX.code(), 1));
    assertTrue(view.isReserved(ModuleReader.FEES));
    assertEquals(AssetMachine.FEES.value(), ModuleReader.FEES);
  }
}
