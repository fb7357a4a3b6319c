package io.metanode.ledger.state;

import io.metanode.crypto.Sha256;
import io.metanode.foundation.Bytes;
import io.metanode.foundation.Bytes32;
import io.metanode.foundation.Decoder;
import io.metanode.foundation.DecodingException;
import io.metanode.foundation.DecodingFault;
import io.metanode.foundation.Digest;
import io.metanode.foundation.Encoder;
import io.metanode.ledger.block.Block;
import io.metanode.ledger.block.BlockHeader;
import io.metanode.ledger.block.BlockId;
import io.metanode.ledger.block.Body;
import io.metanode.ledger.block.Contents;
import io.metanode.ledger.block.MerkleList;
import io.metanode.ledger.block.PriorState;
import io.metanode.ledger.block.TickMark;
import io.metanode.ledger.consensus.ChainId;
import io.metanode.ledger.transaction.AccountId;
import io.metanode.ledger.transaction.ChainTag;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a chain begins with. Everything that must be the same on every validator from the start is
 * under its digest. Never changes.
 */
public final class Genesis {

  private static final int MAGIC = 0x4d4e4701;
  private static final int MAX_ACCOUNTS = 1 << 24;
  private static final int ACCOUNT_LENGTH = Bytes32.LENGTH + 4 * Long.BYTES;

  private final Parameters parameters;
  private final long timeMillis;
  private final AccountId governor;
  private final ValidatorRoster validators;
  private final SortedMap<AccountId, Amounts> accounts;
  private final Bytes32 digest;

  /**
   * @param timeMillis of the genesis block
   * @param governor who may change the validators
   */
  public Genesis(
      Parameters parameters,
      long timeMillis,
      AccountId governor,
      ValidatorRoster validators,
      SortedMap<AccountId, Amounts> accounts) {
    this.parameters = parameters;
    this.timeMillis = timeMillis;
    this.governor = governor;
    this.validators = validators;
    this.accounts = Collections.unmodifiableSortedMap(new TreeMap<>(accounts));
    this.digest = Bytes32.of(Sha256.of(encode().toArray()));
  }

  public Parameters parameters() {
    return parameters;
  }

  public long timeMillis() {
    return timeMillis;
  }

  public AccountId governor() {
    return governor;
  }

  public ValidatorRoster validators() {
    return validators;
  }

  public SortedMap<AccountId, Amounts> accounts() {
    return accounts;
  }

  public Bytes32 digest() {
    return digest;
  }

  /** The chain's name in votes and seals. */
  public ChainId id() {
    return new ChainId(Digest.ofBytes(digest.bytes()));
  }

  /** The chain's name in transactions and headers, which is the beginning of {@link #id}. */
  public ChainTag chain() {
    return ChainTag.of(digest);
  }

  /**
   * The state before the first block.
   *
   * @throws ArithmeticException if the supply of an asset is above 2^63 - 1
   */
  public StateTree state() {
    List<StateChange> changes = new ArrayList<>();
    Amounts supply = Amounts.ZERO;
    for (Map.Entry<AccountId, Amounts> entry : accounts.entrySet()) {
      supply = supply.plus(entry.getValue());
      Account account = new Account(0, entry.getValue());
      changes.add(StateChange.put(StateKey.account(entry.getKey()), account.encode()));
    }
    ValidatorPlan plan = new ValidatorPlan(List.of(new ValidatorPlan.Term(0, validators)));
    changes.add(StateChange.put(StateKey.SUPPLY, new Supply(supply).encode()));
    changes.add(StateChange.put(StateKey.GOVERNOR, new Governor(governor).encode()));
    changes.add(StateChange.put(StateKey.VALIDATORS, plan.encode()));
    return StateTree.EMPTY.with(changes);
  }

  /** The block at height 0. Its parent is the genesis's digest; nobody seals it. */
  public Block block() {
    Bytes32 deciding = validators.digest();
    PriorState prior = new PriorState(state().root(), MerkleList.EMPTY_ROOT, deciding, deciding);
    BlockHeader header =
        new BlockHeader(
            ChainTag.of(digest),
            0,
            0,
            new BlockId(digest),
            timeMillis,
            Bytes32.ZERO,
            Contents.EMPTY,
            prior,
            new TickMark(0, digest));
    return new Block(header, Body.EMPTY, List.of());
  }

  public Bytes encode() {
    Encoder out = new Encoder(256 + accounts.size() * ACCOUNT_LENGTH);
    out.u32(MAGIC);
    parameters.encode(out);
    out.u64(timeMillis).bytes32(governor.value());
    validators.encode(out);
    out.u32(accounts.size());
    accounts.forEach(
        (id, amounts) -> {
          out.bytes32(id.value());
          amounts.encode(out);
        });
    return out.toBytes();
  }

  public static Genesis decode(Bytes encoded) throws DecodingException {
    Decoder in = encoded.decoder();
    in.magic(MAGIC);
    Parameters parameters = Parameters.decode(in);
    long timeMillis = in.u63();
    AccountId governor = new AccountId(in.bytes32());
    ValidatorRoster validators = ValidatorRoster.decode(in);
    int count = in.count(MAX_ACCOUNTS, ACCOUNT_LENGTH);
    TreeMap<AccountId, Amounts> accounts = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      AccountId id = new AccountId(in.bytes32());
      if (!accounts.isEmpty() && accounts.lastKey().compareTo(id) >= 0) {
        throw in.fault(DecodingFault.OUT_OF_ORDER, "account " + id);
      }
      accounts.put(id, Amounts.decode(in));
    }
    in.end();
    return new Genesis(parameters, timeMillis, governor, validators, accounts);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Genesis that && digest.equals(that.digest);
  }

  @Override
  public int hashCode() {
    return digest.hashCode();
  }

  @Override
  public String toString() {
    return "genesis " + digest;
  }
}
