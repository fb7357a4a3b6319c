package io.metanode.comparison;

import io.metanode.crypto.BlsSecretKey;
import io.metanode.crypto.PrivateKeySigner;
import io.metanode.crypto.SigningException;
import io.metanode.foundation.Bytes;
import io.metanode.foundation.Bytes32;
import io.metanode.ledger.block.TickChain;
import io.metanode.ledger.ibft.KeyAuthenticity;
import io.metanode.ledger.ibft.KeyIdentity;
import io.metanode.ledger.replica.Equivocation;
import io.metanode.ledger.state.Amounts;
import io.metanode.ledger.state.Asset;
import io.metanode.ledger.state.AssetMachine;
import io.metanode.ledger.state.BlsPossession;
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
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * A genesis and signed transactions, in waves: a sender has one in each, so that engines are free
 * to order a wave as they like. What each does depends on no other of its wave, some fail.
 */
final class Scenario {

  static final int VALIDATORS = 4;
  private static final int SENDERS = 60;
  private static final int WAVES = 3;
  private static final long FEE = 10_000;
  private static final long HELD = 1_000_000_000_000L;

  final List<KeyIdentity> identities = new ArrayList<>();
  final Genesis genesis;
  final AssetMachine machine;
  final List<List<Transaction>> waves = new ArrayList<>();

  private final List<PrivateKeySigner> senders = new ArrayList<>();

  Scenario(long seed) {
    Gen gen = new Gen(seed);
    TreeMap<AccountId, Amounts> accounts = new TreeMap<>();
    for (int i = 0; i < SENDERS; i++) {
      senders.add(PrivateKeySigner.generate(gen));
      accounts.put(account(i), new Amounts(HELD, HELD, HELD, HELD));
    }
    List<ValidatorKeys> validators = new ArrayList<>();
    for (int i = 0; i < VALIDATORS; i++) {
      PrivateKeySigner key = PrivateKeySigner.generate(gen);
      BlsSecretKey seal = BlsSecretKey.generate(gen);
      identities.add(new KeyIdentity(key, seal));
      validators.add(
          new ValidatorKeys(
              Bytes32.of(key.publicKey().bytes()), Bytes.of(seal.publicKey().bytes())));
    }
    genesis =
        new Genesis(
            new Parameters(new FeeRule(1_000, 1), new TickChain(64, 16), 32),
            1_767_225_600_000L,
            account(0),
            new ValidatorRoster(validators.stream().sorted().toList()),
            accounts);
    machine =
        new AssetMachine(
            genesis.parameters().fees(),
            new BlsPossession(),
            new Equivocation(genesis.id(), new KeyAuthenticity()));
    for (int wave = 0; wave < WAVES; wave++) {
      List<Transaction> all = new ArrayList<>();
      for (int i = 0; i < SENDERS; i++) {
        all.add(sign(i, wave, transfer(gen, i)));
      }
      waves.add(all);
    }
  }

  /** The same but for one unit that one transaction moves. */
  void changeOne() {
    Operation moved = new Operation.Transfer(Asset.AUR, account(1), 77);
    waves.getLast().set(0, sign(0, WAVES - 1L, moved));
  }

  private AccountId account(int i) {
    return TransactionDraft.accountOf(senders.get(i).publicKey());
  }

  private Operation.Transfer transfer(Gen gen, int from) {
    Asset asset = gen.pick(Asset.values());
    AccountId other = account((from + gen.intBetween(1, SENDERS - 1)) % SENDERS);
    AccountId stranger = new AccountId(Bytes32.of(gen.bytes(Bytes32.LENGTH)));
    return switch (gen.intBetween(0, 9)) {
      case 0 -> new Operation.Transfer(asset, account(from), 5);
      case 1 -> new Operation.Transfer(asset, other, 0);
      case 2 -> new Operation.Transfer(asset, other, 10 * SENDERS * HELD);
      case 3 -> new Operation.Transfer(asset, stranger, gen.between(1, 1_000));
      default -> new Operation.Transfer(asset, other, gen.between(1, 1_000_000));
    };
  }

  private Transaction sign(int from, long sequence, Operation operation) {
    try {
      return new TransactionDraft(
              genesis.chain(),
              account(from),
              sequence,
              operation.category(),
              FEE,
              1L << 40,
              operation.kind(),
              operation.encode())
          .sign(senders.get(from));
    } catch (SigningException e) {
      throw new AssertionError(e);
    }
  }
}
