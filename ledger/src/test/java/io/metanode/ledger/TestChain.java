package io.metanode.ledger;

import io.metanode.crypto.BlsSecretKey;
import io.metanode.crypto.BlsSignature;
import io.metanode.crypto.PrivateKeySigner;
import io.metanode.crypto.SigningException;
import io.metanode.foundation.Bytes;
import io.metanode.foundation.Bytes32;
import io.metanode.foundation.Digest;
import io.metanode.ledger.block.Block;
import io.metanode.ledger.block.BlockHeader;
import io.metanode.ledger.block.BlockSeal;
import io.metanode.ledger.block.Body;
import io.metanode.ledger.block.Contents;
import io.metanode.ledger.block.SealedBlock;
import io.metanode.ledger.block.TickChain;
import io.metanode.ledger.consensus.CommitCertificate;
import io.metanode.ledger.consensus.Height;
import io.metanode.ledger.consensus.Round;
import io.metanode.ledger.consensus.SignerBitmap;
import io.metanode.ledger.consensus.Validator;
import io.metanode.ledger.consensus.ValidatorSet;
import io.metanode.ledger.state.Amounts;
import io.metanode.ledger.state.Applied;
import io.metanode.ledger.state.Asset;
import io.metanode.ledger.state.AssetMachine;
import io.metanode.ledger.state.BlsPossession;
import io.metanode.ledger.state.FeeRule;
import io.metanode.ledger.state.Genesis;
import io.metanode.ledger.state.LedgerState;
import io.metanode.ledger.state.Operation;
import io.metanode.ledger.state.Parameters;
import io.metanode.ledger.state.RecentAccounts;
import io.metanode.ledger.state.ValidatorKeys;
import io.metanode.ledger.state.ValidatorRoster;
import io.metanode.ledger.transaction.AccountId;
import io.metanode.ledger.transaction.Transaction;
import io.metanode.ledger.transaction.TransactionDraft;
import io.metanode.ledger.transaction.TransactionId;
import io.metanode.testkit.Gen;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A chain in memory: accounts and validators with known keys, and blocks made by hand. */
public final class TestChain {

  public static final long FEE = 10_000;

  public final List<PrivateKeySigner> accounts = new ArrayList<>();
  public final List<BlsSecretKey> sealKeys = new ArrayList<>();
  public final List<ValidatorKeys> validators = new ArrayList<>();
  public final Genesis genesis;
  public final AssetMachine machine;
  public LedgerState ledger;
  private final RecentAccounts recent = new RecentAccounts();

  private final Map<AccountId, Long> sequences = new HashMap<>();

  public TestChain(long seed, int accountCount, int validatorCount) {
    Gen gen = new Gen(seed);
    TreeMap<AccountId, Amounts> amounts = new TreeMap<>();
    for (int i = 0; i < accountCount; i++) {
      accounts.add(PrivateKeySigner.generate(gen));
      amounts.put(account(i), new Amounts(1_000, 2_000_000, 1_000_000_000_000L, 3_000));
    }
    for (int i = 0; i < validatorCount; i++) {
      newValidator(gen);
    }
    genesis =
        new Genesis(
            new Parameters(new FeeRule(1_000, 1), new TickChain(64, 16), 1024),
            1_767_225_600_000L,
            account(0),
            new ValidatorRoster(validators.stream().sorted().toList()),
            amounts);
    machine =
        new AssetMachine(genesis.parameters().fees(), new BlsPossession(), TestChain::offender);
    ledger = LedgerState.of(genesis);
  }

  public ValidatorKeys newValidator(Gen gen) {
    BlsSecretKey sealKey = BlsSecretKey.generate(gen);
    Bytes32 key = Bytes32.of(PrivateKeySigner.generate(gen).publicKey().bytes());
    ValidatorKeys keys = new ValidatorKeys(key, Bytes.of(sealKey.publicKey().bytes()));
    sealKeys.add(sealKey);
    validators.add(keys);
    return keys;
  }

  public AccountId account(int i) {
    return TransactionDraft.accountOf(accounts.get(i).publicKey());
  }

  public TransactionDraft draft(int from, long sequence, Operation operation) {
    return new TransactionDraft(
        genesis.chain(),
        account(from),
        sequence,
        operation.category(),
        FEE,
        1_000_000,
        operation.kind(),
        operation.encode());
  }

  public Transaction sign(TransactionDraft draft) {
    try {
      for (PrivateKeySigner signer : accounts) {
        if (TransactionDraft.accountOf(signer.publicKey()).equals(draft.sender())) {
          return draft.sign(signer);
        }
      }
    } catch (SigningException e) {
      throw new AssertionError(e);
    }
    throw new AssertionError("no such account");
  }

  /** A transaction with the sender's next sequence. */
  public Transaction next(int from, Operation operation) {
    long sequence = sequences.merge(account(from), 1L, Long::sum) - 1;
    return sign(draft(from, sequence, operation));
  }

  public Transaction transfer(int from, int to, long amount) {
    return next(from, new Operation.Transfer(Asset.NEX, account(to), amount));
  }

  /** Evidence is the key of whom it convicts. */
  private static Optional<Bytes32> offender(Bytes evidence) {
    boolean key = evidence.length() == Bytes32.LENGTH;
    return key ? Optional.of(Bytes32.of(evidence.toArray())) : Optional.empty();
  }

  /** The next block as an honest proposer makes it. */
  public Block block(List<Transaction> transactions) {
    return block(transactions, List.of());
  }

  public Block block(List<Transaction> transactions, List<Bytes> evidence) {
    TickChain ticks = genesis.parameters().ticks();
    List<TransactionId> ids = transactions.stream().map(Transaction::id).toList();
    Contents contents = Block.contents(new Body(List.of(), evidence), ids);
    List<Bytes32> checkpoints = ticks.run(ledger.head().ticks(), contents);
    BlockHeader header =
        new BlockHeader(
            genesis.chain(),
            ledger.head().height() + 1,
            0,
            ledger.head().id(),
            ledger.head().timeMillis() + 100,
            validators.getFirst().key(),
            contents,
            ledger.prior(machine),
            ticks.mark(checkpoints));
    return new Block(header, new Body(checkpoints, evidence), transactions);
  }

  /** Applies the next block. */
  public Applied apply(Block block) {
    LedgerState.Step step = ledger.apply(machine, block, recent);
    ledger = step.after();
    return step.applied();
  }

  /** The next block with these transactions, applied, and sealed by whoever decides its height. */
  public SealedBlock advance(Transaction... transactions) {
    Block block = block(List.of(transactions));
    ValidatorRoster roster = AssetMachine.plan(ledger.state()).at(block.header().height());
    apply(block);
    return new SealedBlock(block, seal(block.header(), roster, roster.members().size()).encode());
  }

  /** A seal by the first {@code signers} of a roster. */
  public BlockSeal seal(BlockHeader header, ValidatorRoster roster, int signers) {
    ValidatorSet set = roster.set();
    Digest digest = Digest.ofBytes(header.id().value().bytes());
    byte[] sealed =
        CommitCertificate.sealed(genesis.id(), new Height(header.height()), Round.ZERO, digest);
    List<BlsSignature> signatures = new ArrayList<>();
    for (ValidatorKeys member : roster.members().subList(0, signers)) {
      signatures.add(sealKeys.get(validators.indexOf(member)).sign(sealed));
    }
    return new BlockSeal(
        Round.ZERO,
        SignerBitmap.of(
            set, set.members().subList(0, signers).stream().map(Validator::id).toList()),
        BlsSignature.aggregate(signatures).orElseThrow());
  }
}
