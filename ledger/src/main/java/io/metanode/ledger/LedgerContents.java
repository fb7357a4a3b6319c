package io.metanode.ledger;

import io.metanode.foundation.Bytes;
import io.metanode.ledger.ibft.KeyAuthenticity;
import io.metanode.ledger.replica.Equivocation;
import io.metanode.ledger.state.Account;
import io.metanode.ledger.state.Amounts;
import io.metanode.ledger.state.Asset;
import io.metanode.ledger.state.AssetMachine;
import io.metanode.ledger.state.BlsPossession;
import io.metanode.ledger.state.Genesis;
import io.metanode.ledger.state.LedgerState;
import io.metanode.ledger.state.StateKey;
import io.metanode.ledger.state.StoredValue;
import io.metanode.ledger.state.Supply;
import io.metanode.ledger.store.Chain;
import io.metanode.ledger.store.DirectoryDisk;
import io.metanode.ledger.store.KeyValues;
import io.metanode.ledger.store.RocksKeyValues;
import io.metanode.ledger.store.StoreOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.ToLongFunction;

/** Everything that a ledger holds after a block, for audits. */
public final class LedgerContents {

  private static final int MODULE_TAG = 16;

  private final LedgerState ledger;

  private LedgerContents(LedgerState ledger) {
    this.ledger = ledger;
  }

  /**
   * Of a validator that does not run. Blocks that its index lacks are applied again.
   *
   * @param module the chain's
   * @throws IOException if its files are damaged, or it runs
   */
  public static LedgerContents ofHome(LedgerHome home, LedgerModule module) throws IOException {
    Genesis genesis = LedgerSetup.genesis(home.genesis());
    KeyValues index = new RocksKeyValues(home.index());
    Chain chain;
    try {
      chain =
          Chain.open(
              genesis,
              machine(genesis, module),
              new DirectoryDisk(home.blocks()),
              index,
              StoreOptions.DEFAULT);
    } catch (IOException | RuntimeException e) {
      index.close();
      throw e;
    }
    try (chain) {
      return new LedgerContents(chain.ledger());
    }
  }

  /**
   * Of a snapshot, all of which is checked.
   *
   * @throws IOException if it is damaged or forged, or of another chain than the genesis
   */
  public static LedgerContents ofSnapshot(Path genesis, Path file) throws IOException {
    return new LedgerContents(LedgerSnapshot.read(LedgerSetup.genesis(genesis), file).ledger());
  }

  /** What applies the blocks of a chain. */
  static AssetMachine machine(Genesis genesis, LedgerModule module) {
    return new AssetMachine(
        genesis.parameters().fees(),
        new BlsPossession(),
        new Equivocation(genesis.id(), new KeyAuthenticity()),
        module);
  }

  /** The block's height. */
  public long height() {
    return ledger.head().height();
  }

  public String stateRoot() {
    return ledger.state().root().toString();
  }

  /** What the state says that all wallets hold, by asset code. */
  public List<Long> supply() {
    Amounts amounts =
        ledger
            .state()
            .get(StateKey.SUPPLY)
            .map(value -> StoredValue.read(value, Supply.class).amounts())
            .orElse(Amounts.ZERO);
    return byAsset(amounts::of);
  }

  /**
   * What all wallets do hold, by asset code.
   *
   * @throws ArithmeticException if that is 2^63 minor units or more of one
   */
  public List<Long> wallets() {
    Sum sum = new Sum();
    ledger.state().forEach((_, value) -> sum.count(value));
    return byAsset(sum.held::of);
  }

  private static List<Long> byAsset(ToLongFunction<Asset> amount) {
    return Arrays.stream(Asset.values()).map(amount::applyAsLong).toList();
  }

  private static final class Sum {
    private Amounts held = Amounts.ZERO;

    void count(Bytes value) {
      if ((value.at(0) & 0xff) < MODULE_TAG
          && StoredValue.read(value, StoredValue.class) instanceof Account account) {
        held = held.plus(account.amounts());
      }
    }
  }

  /** Visits the module's values, each with its key in the state as {@link LedgerProof} names it. */
  public void forEachOfModule(BiConsumer<String, Bytes> visitor) {
    ledger
        .state()
        .forEach(
            (key, value) -> {
              if ((value.at(0) & 0xff) >= MODULE_TAG) {
                visitor.accept(key.toString(), value);
              }
            });
  }
}
