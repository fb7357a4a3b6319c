package io.metanode.ledger.state;

import io.metanode.foundation.Bytes;
import io.metanode.foundation.Bytes32;
import io.metanode.ledger.AcceptedLogBlock;
import io.metanode.ledger.LogBlock;
import io.metanode.ledger.ModuleState;
import io.metanode.ledger.transaction.AccountId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a module does to the state, kept apart until it is {@link #commit committed}. */
final class ModuleView implements ModuleState {

  private final WorkingState state;
  private final Map<ModuleKey, Optional<Bytes>> values = new HashMap<>();
  private final Map<AccountId, Account> accounts = new HashMap<>();
  private @Nullable Amounts supply;

  ModuleView(WorkingState state) {
    this.state = state;
  }

  @Override
  public Optional<Bytes> get(int namespace, Bytes32 key) {
    ModuleKey place = new ModuleKey(namespace, key);
    Optional<Bytes> changed = values.get(place);
    return changed != null ? changed : state.module(place);
  }

  @Override
  public void put(int namespace, Bytes32 key, Bytes value) {
    if (namespace < FIRST_NAMESPACE || value.length() == 0 || (value.at(0) & 0xff) < 16) {
      throw new IllegalArgumentException("not a module's: " + value + " in " + namespace);
    }
    values.put(new ModuleKey(namespace, key), Optional.of(value));
  }

  @Override
  public void remove(int namespace, Bytes32 key) {
    values.put(new ModuleKey(namespace, key), Optional.empty());
  }

  private Account account(AccountId id) {
    Account changed = accounts.get(id);
    return changed != null ? changed : state.account(id);
  }

  private Amounts supply() {
    Amounts changed = supply;
    return changed != null
        ? changed
        : state
            .value(StateKey.SUPPLY, Supply.class)
            .map(Supply::amounts)
            .orElseThrow(() -> new IllegalStateException("the state names no supply"));
  }

  private static Asset asset(int code) {
    return Asset.ofCode(code)
        .orElseThrow(() -> new IllegalArgumentException("there is no asset " + code));
  }

  @Override
  public long wallet(Bytes32 owner, int asset) {
    return account(new AccountId(owner)).amounts().of(asset(asset));
  }

  @Override
  public long wallets(int asset) {
    return supply().of(asset(asset));
  }

  @Override
  public boolean isReserved(Bytes32 owner) {
    return new AccountId(owner).isReserved();
  }

  @Override
  public void take(Bytes32 owner, int asset, long amount) {
    AccountId id = new AccountId(owner);
    Account account = account(id);
    Amounts left = account.amounts().minus(asset(asset), amount);
    supply = supply().minus(asset(asset), amount);
    accounts.put(id, new Account(account.sequence(), left));
  }

  @Override
  public void give(Bytes32 owner, int asset, long amount) {
    AccountId id = new AccountId(owner);
    Account account = account(id);
    supply = supply().plus(asset(asset), amount);
    accounts.put(id, new Account(account.sequence(), account.amounts().plus(asset(asset), amount)));
  }

  @Override
  public Optional<AcceptedLogBlock> logBlock(Bytes origin, long number) {
    return LogBlocks.citable(origin, number, state).map(ModuleView::accepted);
  }

  private static AcceptedLogBlock accepted(KeptLogBlock kept) {
    LogBlock block = kept.signed().block();
    return new AcceptedLogBlock(
        block.digest(),
        block.owner(),
        block.from(),
        block.to(),
        block.usage().components(),
        kept.timeMillis(),
        kept.height());
  }

  /** Makes the changes. */
  void commit() {
    values.forEach(state::put);
    accounts.forEach(state::put);
    if (supply != null) {
      state.put(StateKey.SUPPLY, new Supply(supply));
    }
  }
}
