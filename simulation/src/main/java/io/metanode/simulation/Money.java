package io.metanode.simulation;

import io.metanode.foundation.Bytes;
import io.metanode.foundation.Bytes32;
import io.metanode.ledger.block.TickChain;
import io.metanode.ledger.consensus.Validator;
import io.metanode.ledger.state.Amounts;
import io.metanode.ledger.state.FeeRule;
import io.metanode.ledger.state.Genesis;
import io.metanode.ledger.state.Operation;
import io.metanode.ledger.state.Parameters;
import io.metanode.ledger.state.ValidatorKeys;
import io.metanode.ledger.state.ValidatorRoster;
import io.metanode.ledger.transaction.AccountId;
import io.metanode.ledger.transaction.Transaction;
import io.metanode.ledger.transaction.TransactionDraft;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The accounts of all runs and the signatures of their transactions: keyed hashes, as the
 * validators' are, which nobody without the account's secret can make.
 */
final class Money {

  static final int ACCOUNTS = 6;
  static final long TIME = 1_000_000;

  private static final long SECRET = 0x6d6f6e6579L;
  private static final int SIGNATURE = 64;
  private static final int LARGEST_BLOCK = 12;
  private static final long FEE = 1_000;

  private Money() {}

  static AccountId account(int i) {
    return new AccountId(new Bytes32(0x0acc0000 + i, 7, 7, 7));
  }

  /** The keys of a validator as the state has them. */
  static ValidatorKeys keys(int validator) {
    Validator member = Cast.instance().set(Cast.MOST).members().get(validator);
    return new ValidatorKeys(Bytes32.of(member.key().bytes()), Bytes.of(member.sealKey().bytes()));
  }

  /** A chain that the first so many of the cast decide; account 0 governs. */
  static Genesis genesis(int validators) {
    TreeMap<AccountId, Amounts> accounts = new TreeMap<>();
    for (int i = 0; i < ACCOUNTS; i++) {
      accounts.put(account(i), new Amounts(10_000, 1_000_000, 1_000_000_000, 5_000));
    }
    return new Genesis(
        new Parameters(new FeeRule(10, 1), new TickChain(8, 4), LARGEST_BLOCK),
        TIME,
        account(0),
        new ValidatorRoster(IntStream.range(0, validators).mapToObj(Money::keys).sorted().toList()),
        accounts);
  }

  static Transaction sign(Genesis genesis, int from, long sequence, Operation operation) {
    TransactionDraft draft =
        new TransactionDraft(
            genesis.chain(),
            account(from),
            sequence,
            operation.category(),
            FEE,
            Long.MAX_VALUE,
            operation.kind(),
            operation.encode());
    return draft.with(signature(draft.sender(), draft.signedBytes()));
  }

  private static byte[] signature(AccountId sender, byte[] signed) {
    long tag = Trace.mix(SECRET ^ sender.value().a(), signed);
    return ByteBuffer.allocate(SIGNATURE).putLong(tag).array();
  }

  static boolean holds(Transaction transaction) {
    byte[] all = transaction.encoded().toArray();
    byte[] signed = Arrays.copyOf(all, all.length - SIGNATURE);
    byte[] found = Arrays.copyOfRange(all, all.length - SIGNATURE, all.length);
    return Arrays.equals(found, signature(transaction.sender(), signed));
  }
}
